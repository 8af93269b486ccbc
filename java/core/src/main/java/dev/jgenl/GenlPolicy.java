package dev.jgenl;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a family's commands accept, as {@code CTRL_CMD_GETPOLICY} tells it. Tables of attributes are
 * numbered, so that several commands and nests can share one, and a nest can hold itself.
 * Immutable, so safe to share between threads.
 */
public final class GenlPolicy {

  /** The tables of a command, by their index, or a negative number where there is none. */
  record CommandTables(int ofDo, int ofDump) {}

  private final Map<Integer, CommandTables> commands;
  private final Map<Integer, Map<Integer, AttributePolicy>> tables;

  GenlPolicy(
      Map<Integer, CommandTables> commands, Map<Integer, Map<Integer, AttributePolicy>> tables) {
    this.commands = Map.copyOf(commands);
    this.tables = Map.copyOf(tables);
  }

  /**
   * Returns the numbers of the commands that are checked.
   *
   * @return in no order
   */
  public Set<Integer> commands() {
    return commands.keySet();
  }

  /**
   * Returns what a do accepts.
   *
   * @param command the number of the command
   * @return the attributes by their type; empty if the command is not checked
   */
  public Map<Integer, AttributePolicy> ofDo(int command) {
    @Nullable CommandTables of = commands.get(command);
    return of == null ? Map.of() : table(of.ofDo);
  }

  /**
   * Returns what a dump accepts.
   *
   * @param command the number of the command
   * @return the attributes by their type; empty if the command is not checked
   */
  public Map<Integer, AttributePolicy> ofDump(int command) {
    @Nullable CommandTables of = commands.get(command);
    return of == null ? Map.of() : table(of.ofDump);
  }

  /**
   * Returns what a nest accepts.
   *
   * @param nest an attribute of type {@link AttributePolicy.Type#NESTED} or {@link
   *     AttributePolicy.Type#NESTED_ARRAY}
   * @return the attributes within it by their type; empty if they are not checked
   */
  public Map<Integer, AttributePolicy> within(AttributePolicy nest) {
    return table(nest.nestedPolicy().orElse(-1));
  }

  /** Shows for people what each command takes, a line for each. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int command : new TreeSet<>(commands.keySet())) {
      add(text, "command " + command + " do ", ofDo(command));
      add(text, "command " + command + " dump ", ofDump(command));
    }
    return text.toString();
  }

  private static void add(StringBuilder text, String what, Map<Integer, AttributePolicy> table) {
    if (!table.isEmpty()) {
      text.append(text.isEmpty() ? "" : System.lineSeparator()).append(what);
      text.append(new TreeMap<>(table));
    }
  }

  private Map<Integer, AttributePolicy> table(int index) {
    return tables.getOrDefault(index, Map.of());
  }
}
