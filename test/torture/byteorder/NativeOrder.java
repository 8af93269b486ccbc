import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** Prints which JVM this is, and how it lays out the number 1. */
final class NativeOrder {

  public static void main(String[] arguments) {
    ByteOrder order = ByteOrder.nativeOrder();
    byte[] one = ByteBuffer.allocate(Integer.BYTES).order(order).putInt(1).array();
    System.out.printf(
        "%s: the number 1 is %s, on %s, Java %s%n",
        order,
        HexFormat.of().formatHex(one),
        System.getProperty("os.arch"),
        System.getProperty("java.version"));
  }
}
