package dev.jgenl.spec.model;

import java.util.List;

/** A constant, a text, an enumeration or a struct. */
public sealed interface Definition {

  /**
   * Returns its name, which no other definition of the family has.
   *
   * @return the name
   */
  String name();

  /**
   * Returns what it is for.
   *
   * @return text; perhaps empty
   */
  String doc();

  /**
   * A number with a name.
   *
   * @param name its name
   * @param doc what it is for; perhaps empty
   * @param cName what it is called in C; empty if that is not known
   * @param value the number
   */
  record Constant(String name, String doc, String cName, long value) implements Definition {}

  /**
   * A text with a name.
   *
   * @param name its name
   * @param doc what it is for; perhaps empty
   * @param cName what it is called in C; empty if that is not known
   * @param value the text
   */
  record Text(String name, String doc, String cName, String value) implements Definition {}

  /**
   * Numbers with names.
   *
   * @param name its name
   * @param doc what it is for; perhaps empty
   * @param flags whether each entry is a bit, and the numbers are sums of them
   * @param entries the names in the order of the spec
   */
  record Enumeration(String name, String doc, boolean flags, List<Entry> entries)
      implements Definition {

    /**
     * Copies what it is given.
     *
     * @param name as {@link #name()}
     * @param doc as {@link #doc()}
     * @param flags as {@link #flags()}
     * @param entries as {@link #entries()}
     */
    public Enumeration {
      entries = ModelList.copyOf(entries);
    }
  }

  /**
   * A name of an enumeration.
   *
   * @param name its name
   * @param value its number; of flags the bit itself, such as 8
   * @param doc what it means; perhaps empty
   * @param cName what it is called in C; empty if that is not known
   */
  record Entry(String name, long value, String doc, String cName) {}

  /**
   * A struct, whose members follow each other without gaps that are not members.
   *
   * @param name its name
   * @param doc what it is for; perhaps empty
   * @param cName the type in C without the word struct; empty if that is not known
   * @param size bytes
   * @param members the members in their order
   */
  record Struct(String name, String doc, String cName, int size, List<Member> members)
      implements Definition {

    /**
     * Copies what it is given.
     *
     * @param name as {@link #name()}
     * @param doc as {@link #doc()}
     * @param cName as {@link #cName()}
     * @param size as {@link #size()}
     * @param members as {@link #members()}
     */
    public Struct {
      members = ModelList.copyOf(members);
    }
  }

  /**
   * A member of a struct.
   *
   * @param name its name
   * @param offset bytes from the start of the struct
   * @param length bytes; 0 of the last, a {@link Type.StructArray} without end
   * @param type {@link Type.Scalar}, {@link Type.Binary}, {@link Type.Text}, {@link
   *     Type.StructValue}, {@link Type.StructArray} or {@link Type.Pad}
   * @param hint how to show it
   * @param doc what it is for; perhaps empty
   */
  record Member(String name, int offset, int length, Type type, Hint hint, String doc) {}
}
