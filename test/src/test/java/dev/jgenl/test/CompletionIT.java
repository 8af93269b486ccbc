package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Types into real shells, each on a pseudo-terminal, with the script that jgenl prints for it. */
@Tag("command")
class CompletionIT {

  private static final String BEGINNING_OF_LINE = "\001";

  /** Ends a mode of terminals, in front of what a command prints. */
  private static final String PASTE_ENDS = "\033[?2004l";

  @TempDir Path home;

  /** A shell, where it reads what it does at its start, and what that is. */
  enum Shell {
    BASH(".bashrc", "source <(jgenl completion bash)"),
    ZSH(".zshrc", "autoload -U compinit && compinit -D -u && source <(jgenl completion zsh)"),
    FISH(".config/fish/config.fish", "jgenl completion fish | source");

    private final String file;
    private final String start;

    Shell(String file, String start) {
      this.file = file;
      this.start = start;
    }

    String program() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void familyAndOperationAreCompleted(Shell shell) throws Exception {
    assertThat(typed(shell, "jgenl dump nlct\tgetf\t")).isEqualTo("jgenl dump nlctrl getfamily");
  }

  @ParameterizedTest
  @EnumSource
  void aPathIsCompletedWithoutABlankInIt(Shell shell) throws Exception {
    assertThat(typed(shell, "jgenl do ethtool linkmodes-get hea\tdev-n\tl\t"))
        .isEqualTo("jgenl do ethtool linkmodes-get header.dev-name=lo");
  }

  @ParameterizedTest
  @EnumSource
  void whereNothingIsKnownFilesAreOffered(Shell shell) throws Exception {
    Files.createFile(home.resolve("capture.pcap"));
    assertThat(typed(shell, "jgenl do nlctrl getfamily --input capt\t"))
        .isEqualTo("jgenl do nlctrl getfamily --input capture.pcap");
  }

  @ParameterizedTest
  @EnumSource
  void aNameThatIsCodeToAShellIsQuoted(Shell shell) throws Exception {
    try (NamedNamespace namespace = NamedNamespace.open()) {
      namespace.ip("link", "add", "a$(id)`b", "type", "veth");
      String before = "jgenl -n " + namespace.file() + " do ethtool linkstate-get header.dev-name=";

      assertThat(typed(shell, before + "a\t")).isEqualTo(before + "a$(id)`b");
    }
  }

  /** Types a line, and returns what the shell has made of it. */
  private String typed(Shell shell, String keys) throws IOException, InterruptedException {
    Prerequisite.requireProgram("script", "bsdutils");
    Prerequisite.requireProgram(shell.program(), shell.program());
    Prerequisite.requireSpecs();
    Path start = home.resolve(shell.file);
    Files.createDirectories(start.getParent());
    Files.writeString(start, shell.start + "\n");
    // Where this folder is missing fish fills it in the background, also while home is being
    // deleted.
    Files.createDirectories(home.resolve(".local/share/fish/generated_completions"));
    ProcessBuilder builder =
        new ProcessBuilder(List.of("script", "-qec", shell.program() + " -i", "/dev/null"))
            .directory(home.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
    builder.environment().put("HOME", home.toString());
    builder.environment().put("TERM", "dumb");
    builder
        .environment()
        .merge(
            "PATH",
            String.valueOf(Jgenl.launcher().getParent()),
            (path, ours) -> ours + ":" + path);
    Process process = builder.start();
    try (var input = process.getOutputStream()) {
      input.write(
          (keys + BEGINNING_OF_LINE + "echo RESULT \nexit\n").getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the shell ends").isTrue();
    return output
        .replace(PASTE_ENDS, "")
        .lines()
        .filter(line -> line.startsWith("RESULT "))
        .map(line -> line.substring("RESULT ".length()).strip())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line was run: " + output));
  }
}
