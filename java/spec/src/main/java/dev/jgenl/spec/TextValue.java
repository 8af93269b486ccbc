package dev.jgenl.spec;

/** Text; of what is to be sent also a number, a name or an address that is yet to be read. */
public final class TextValue extends Value {

  private final String text;

  TextValue(String text) {
    this.text = text;
  }

  @Override
  public String asText() {
    return text;
  }

  @Override
  public long asLong() {
    return Numbers.parse(text).orElseGet(super::asLong);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextValue t && t.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
