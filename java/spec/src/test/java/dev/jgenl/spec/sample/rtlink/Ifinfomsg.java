package dev.jgenl.spec.sample.rtlink;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.typed.Flags;
import dev.jgenl.spec.typed.TypedBuilder;
import dev.jgenl.spec.typed.TypedValue;
import java.util.function.Consumer;

/** The struct {@code ifinfomsg}. Immutable, and safe to share between threads. */
public final class Ifinfomsg extends TypedValue {

  Ifinfomsg(NestValue value) {
    super(Shapes.IFINFOMSG, value);
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static Ifinfomsg of(NestValue value) {
    return new Ifinfomsg(value);
  }

  /**
   * Makes one.
   *
   * @param content sets what it has
   * @return one with that
   */
  public static Ifinfomsg of(Consumer<? super Builder> content) {
    Builder builder = builder();
    content.accept(builder);
    return builder.build();
  }

  /**
   * Makes one step by step.
   *
   * @return a builder that has nothing yet
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * u8. {@code ifi-family}.
   *
   * @return the value
   */
  public int ifiFamily() {
    return member32(0);
  }

  /**
   * u16. {@code ifi-type}.
   *
   * @return the value
   */
  public int ifiType() {
    return member32(1);
  }

  /**
   * s32. {@code ifi-index}.
   *
   * @return the value
   */
  public int ifiIndex() {
    return member32(2);
  }

  /**
   * flags. {@code ifi-flags}.
   *
   * @return the value
   */
  public Flags<IfinfoFlags> ifiFlags() {
    return memberFlags(3, IfinfoFlags.class);
  }

  /**
   * u32. {@code ifi-change}.
   *
   * @return the value
   */
  public long ifiChange() {
    return member64(4);
  }

  /** Makes a {@link Ifinfomsg}. For one thread at a time. */
  public static final class Builder extends TypedBuilder<Builder> {

    private Builder() {
      super(Shapes.IFINFOMSG);
    }

    /**
     * u8. {@code ifi-family}.
     *
     * @param ifiFamily the value
     * @return this
     */
    public Builder ifiFamily(int ifiFamily) {
      return put(0, Value.of(ifiFamily));
    }

    /**
     * u16. {@code ifi-type}.
     *
     * @param ifiType the value
     * @return this
     */
    public Builder ifiType(int ifiType) {
      return put(1, Value.of(ifiType));
    }

    /**
     * s32. {@code ifi-index}.
     *
     * @param ifiIndex the value
     * @return this
     */
    public Builder ifiIndex(int ifiIndex) {
      return put(2, Value.of(ifiIndex));
    }

    /**
     * flags. {@code ifi-flags}.
     *
     * @param first one of them
     * @param more the others
     * @return this
     */
    public Builder ifiFlags(IfinfoFlags first, IfinfoFlags... more) {
      return ifiFlags(Flags.of(first, more));
    }

    /**
     * flags. {@code ifi-flags}.
     *
     * @param ifiFlags the value
     * @return this
     */
    public Builder ifiFlags(Flags<IfinfoFlags> ifiFlags) {
      return put(3, ifiFlags.toValue());
    }

    /**
     * u32. {@code ifi-change}.
     *
     * @param ifiChange the value
     * @return this
     */
    public Builder ifiChange(long ifiChange) {
      return put(4, Value.of(ifiChange));
    }

    /**
     * Makes it. This can go on and make others.
     *
     * @return what was set until now
     */
    public Ifinfomsg build() {
      return new Ifinfomsg(toValue());
    }
  }
}
