package dev.jgenl.examples.typed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jgenl.wire.Printable;

/** What IEEE 802.11 says, and netlink does not, of what nl80211 tells. */
final class Dot11 {

  private Dot11() {}

  /**
   * Returns the name of a network.
   *
   * @param elements each a number, a length and a content; the first is the name, which is number 0
   */
  static String ssid(byte[] elements) {
    if (elements.length < 2 || elements[0] != 0) {
      return "";
    }
    int length = Math.min(elements[1] & 0xff, elements.length - 2);
    String name = new String(elements, 2, length, UTF_8);
    return name.chars().allMatch(c -> c == 0) ? "(hidden)" : Printable.escape(name);
  }

  /** Returns the number of a channel: each band counts from a frequency of its own. */
  static long channel(long mhz) {
    if (mhz <= 2484) {
      return mhz == 2484 ? 14 : (mhz - 2407) / 5;
    } else if (mhz < 5950) {
      return (mhz - 5000) / 5;
    }
    return mhz < 45000 ? (mhz - 5950) / 5 : (mhz - 56160) / 2160;
  }
}
