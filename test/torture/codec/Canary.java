/** Throws for one word of three bytes: a fuzzer has to find it. */
public final class Canary {

  private Canary() {}

  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length > 2 && data[0] == 'g' && data[1] == 'n' && data[2] == 'l') {
      throw new IllegalStateException("found");
    }
  }
}
