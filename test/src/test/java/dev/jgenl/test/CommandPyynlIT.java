package dev.jgenl.test;

import dev.jgenl.spec.RequestFlag;
import dev.jgenl.transport.Errno;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** What the command line prints of this machine's kernel as JSON, and what pyynl does. */
@Tag("command")
@Timeout(600)
class CommandPyynlIT extends PyynlComparison {

  private static final Pattern ERRNO = Pattern.compile(": (E[A-Z0-9]+) \\(");

  CommandPyynlIT() {
    super("host", true);
  }

  @Override
  Answer ours(ComparedCall call) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("-n", namespace.file().toString(), call.kind()));
    words.addAll(List.of(call.family(), call.operation(), "--input", call.value()));
    for (RequestFlag flag : call.flags()) {
      words.add("--" + flag.name().toLowerCase(Locale.ROOT));
    }
    Jgenl jgenl = Jgenl.run(words.toArray(new String[0]));
    Matcher errno = ERRNO.matcher(jgenl.err());
    if (jgenl.status() == 1 && errno.find()) {
      return new Answer.Refused(Errno.valueOf(errno.group(1)));
    } else if (jgenl.status() != 0) {
      return new Answer.Failed(jgenl.err());
    }
    String json = jgenl.out().strip();
    return new Answer.Messages(Json.parse(json.startsWith("[") ? json : "[" + json + "]"));
  }
}
