package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.AF_INET;
import static dev.jgenl.test.Rtnetlink.AF_INET6;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The addresses that start with the same bits. */
record Network(InetAddress address, int bits) {

  /** Reads such as "10.1.0.0/16", or an address alone. */
  static Network of(String text) {
    int slash = text.indexOf('/');
    InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
    int all = 8 * address.getAddress().length;
    return new Network(address, slash < 0 ? all : Integer.parseInt(text.substring(slash + 1)));
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** All addresses of a family. */
  static Network all(int family) {
    return of(family == AF_INET ? "0.0.0.0/0" : "::/0");
  }

  /** AF_INET or AF_INET6. */
  int family() {
    return address.getAddress().length == 4 ? AF_INET : AF_INET6;
  }
}
