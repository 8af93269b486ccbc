package dev.jgenl;

import java.util.Map;
import java.util.OptionalInt;

/**
 * What a family's commands accept, as {@code CTRL_CMD_GETPOLICY} tells it. Tables of attributes are
 * numbered, so that several commands and nests can share one, and a nest can hold itself.
 *
 * @param commands for each command, by its number, which table its attributes are checked against
 * @param tables for each table, by its index, the attributes by their type
 */
public record GenlPolicy(
    Map<Integer, CommandPolicy> commands, Map<Integer, Map<Integer, AttributePolicy>> tables) {

  /**
   * The tables of a command.
   *
   * @param doTable for a do; empty if the command is not checked, or has no do
   * @param dumpTable for a dump; empty if the command is not checked, or has no dump
   */
  public record CommandPolicy(OptionalInt doTable, OptionalInt dumpTable) {}

  /**
   * Creates a policy; the maps are copied, but not those within.
   *
   * @param commands the tables of each command
   * @param tables the attributes of each table
   */
  public GenlPolicy {
    commands = Map.copyOf(commands);
    tables = Map.copyOf(tables);
  }

  /**
   * Returns what a do accepts.
   *
   * @param command the number of the command
   * @return the attributes by their type; empty if the command is not checked
   */
  public Map<Integer, AttributePolicy> ofDo(int command) {
    CommandPolicy policy = commands.get(command);
    return policy == null ? Map.of() : table(policy.doTable());
  }

  /**
   * Returns what a dump accepts.
   *
   * @param command the number of the command
   * @return the attributes by their type; empty if the command is not checked
   */
  public Map<Integer, AttributePolicy> ofDump(int command) {
    CommandPolicy policy = commands.get(command);
    return policy == null ? Map.of() : table(policy.dumpTable());
  }

  /**
   * Returns what a nest accepts.
   *
   * @param nest an attribute of type {@link AttributePolicy.Type#NESTED} or {@link
   *     AttributePolicy.Type#NESTED_ARRAY}
   * @return the attributes within it by their type; empty if they are not checked
   */
  public Map<Integer, AttributePolicy> within(AttributePolicy nest) {
    return table(nest.nestedPolicy());
  }

  private Map<Integer, AttributePolicy> table(OptionalInt index) {
    return index.isPresent() ? tables.getOrDefault(index.getAsInt(), Map.of()) : Map.of();
  }
}
