package dev.jgenl.spec;

import dev.jgenl.RequestNames;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The names in the messages of exceptions about a request.
 *
 * @param spec whose operation it is
 * @param operation what is asked for
 * @param codec of its messages
 * @param value the request
 */
record SpecNames(String spec, String operation, MessageCodec codec, NestValue value)
    implements RequestNames {

  @Override
  public Optional<String> family() {
    return Optional.of(spec);
  }

  @Override
  public Optional<String> command(int command) {
    return Optional.of(operation);
  }

  @Override
  public Optional<String> attribute(List<Integer> path) {
    AttributeCodec.@Nullable Level at = codec.level(value);
    for (int id : path.subList(0, path.size() - 1)) {
      at = at == null ? null : at.within(id);
    }
    return at == null ? Optional.empty() : Optional.ofNullable(at.name(path.get(path.size() - 1)));
  }
}
