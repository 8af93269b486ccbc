package dev.jgenl.foobar;

import dev.jgenl.RequestNames;
import java.util.List;
import java.util.Optional;

/** The names of {@link FoobarProtocol}'s numbers, for the messages of exceptions. */
final class FoobarNames implements RequestNames {

  static final FoobarNames INSTANCE = new FoobarNames();

  private FoobarNames() {}

  @Override
  public Optional<String> command(int command) {
    return switch (command) {
      case FoobarProtocol.C_ECHO_MSG -> Optional.of("echo-msg");
      case FoobarProtocol.C_REPLY_WITH_NLMSG_ERR -> Optional.of("reply-with-nlmsg-err");
      default -> Optional.empty();
    };
  }

  @Override
  public Optional<String> attribute(List<Integer> path) {
    return path.equals(List.of(FoobarProtocol.A_MSG)) ? Optional.of("msg") : Optional.empty();
  }
}
