package dev.jgenl.test;

import dev.jgenl.spec.RequestFlag;
import dev.jgenl.transport.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call that two clients make of the kernel, as a line of a table has it: family, operation, do or
 * dump with the flags of netlink that are added, what is sent, and the error that it has to be
 * refused with, if it has.
 *
 * <pre>{@code
 * ethtool linkstate-get do {header: {dev-name: nothing}} -> ENODEV
 * tc getqdisc do+echo {ifindex: 10, handle: 0x10000}
 * }</pre>
 *
 * @param value in the flow style of YAML
 */
record ComparedCall(
    String family,
    String operation,
    boolean dump,
    List<RequestFlag> flags,
    String value,
    Optional<Errno> refusal) {

  private static final Pattern LINE =
      Pattern.compile("(\\S+) (\\S+) (do|dump)((?:\\+\\w+)*) (\\{.*})(?: -> (\\w+))?");

  /** Reads a table; a line that starts with # is a remark. */
  static List<ComparedCall> read(Path table) throws IOException {
    return Files.readAllLines(table).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(ComparedCall::parse)
        .toList();
  }

  private static ComparedCall parse(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no call: " + line);
    }
    return new ComparedCall(
        parts.group(1),
        parts.group(2),
        parts.group(3).equals("dump"),
        flags(parts.group(4)),
        parts.group(5),
        Optional.ofNullable(parts.group(6)).map(Errno::valueOf));
  }

  /** Such as "+create+excl", or nothing. */
  private static List<RequestFlag> flags(String text) {
    return Pattern.compile("\\+")
        .splitAsStream(text)
        .filter(name -> !name.isEmpty())
        .map(name -> RequestFlag.valueOf(name.toUpperCase(Locale.ROOT)))
        .toList();
  }

  String kind() {
    return dump ? "dump" : "do";
  }

  @Override
  public String toString() {
    return family + " " + operation + " " + kind() + " " + value;
  }
}
