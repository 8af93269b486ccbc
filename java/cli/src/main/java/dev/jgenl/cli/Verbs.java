package dev.jgenl.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All verbs. One that is not called costs nothing. */
final class Verbs {

  /** In the order of the help. */
  static final List<String> NAMES =
      List.of(
          "families",
          "describe",
          "do",
          "dump",
          "batch",
          "monitor",
          "record",
          "decode",
          "policy",
          "check",
          "spec",
          "completion");

  private Verbs() {}

  /** Returns a verb, or null if there is none of this name. */
  static @Nullable Verb find(String name) {
    return switch (name) {
      case "families" -> new FamiliesVerb();
      case "describe" -> new DescribeVerb();
      case "do" -> new DoVerb();
      case "dump" -> new DumpVerb();
      case "batch" -> new BatchVerb();
      case "monitor" -> new MonitorVerb();
      case "record" -> new RecordVerb();
      case "decode" -> new DecodeVerb();
      case "policy" -> new PolicyVerb();
      case "check" -> new CheckVerb();
      case "spec" -> new SpecVerb();
      case "completion" -> new CompletionVerb();
      case "multi" -> new MultiVerb();
      case "complete" -> new CompleteVerb();
      case "man" -> new ManVerb();
      case "train" -> new TrainVerb();
      default -> null;
    };
  }
}
