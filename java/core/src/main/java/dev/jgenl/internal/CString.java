package dev.jgenl.internal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Strings on their way to C, which adds the NUL, and refuses one within. */
final class CString {

  private CString() {}

  /**
   * Encodes a string without replacing anything in it.
   *
   * @param string any, also null
   * @param charset how
   * @return its bytes, or null if it cannot be encoded, such as for an unpaired surrogate
   */
  static byte @Nullable [] encode(@Nullable String string, Charset charset) {
    if (string == null) {
      return null;
    }
    try {
      ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(string));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
