package dev.jgenl.test;

import java.io.IOException;
import java.util.List;

/** Runs programs in a pseudo-terminal, as a person would. */
final class Terminal {

  /** Prints what a program shows in a terminal of so many columns. */
  private static final String PROGRAM =
      """
      import fcntl, os, pty, struct, sys, termios
      pid, fd = pty.fork()
      if pid == 0:
          size = struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0)
          fcntl.ioctl(1, termios.TIOCSWINSZ, size)
          os.execvp(sys.argv[2], sys.argv[2:])
      while True:
          try:
              data = os.read(fd, 4096)
          except OSError:
              break
          if not data:
              break
          sys.stdout.buffer.write(data)
      sys.stdout.flush()
      sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
      """;

  private Terminal() {}

  /** Runs a program to its end; what it shows has no carriage returns. */
  static Command run(int columns, String... words) throws IOException, InterruptedException {
    Prerequisite.requireProgram("python3", "python3");
    List<String> python =
        List.of(
            "env",
            "-u",
            "NO_COLOR",
            "TERM=xterm",
            "python3",
            "-c",
            PROGRAM,
            Integer.toString(columns));
    Command shown = Command.run(Command.join(python, words));
    return new Command(shown.status(), shown.output().replace("\r", ""));
  }
}
