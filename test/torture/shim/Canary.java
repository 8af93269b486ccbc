/** Natives that are at fault on purpose, to see that -Xcheck:jni tells. */
final class Canary {

  private Canary() {}

  static native void exceptionLeftAlone();

  static native void localReferences();

  static native void freedReference();

  static void refuse() {
    throw new IllegalStateException("on purpose");
  }

  public static void main(String[] args) {
    System.load(args[0]);
    switch (args[1]) {
      case "exception" -> exceptionLeftAlone();
      case "references" -> localReferences();
      case "freed" -> freedReference();
      default -> throw new IllegalArgumentException(args[1]);
    }
  }
}
