package dev.jgenl.spec.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * The form in which a family lies in a jar: a checksum, its strings, each once, then its parts in
 * the order of the records, with numbers in as few bytes as they need. Long lists have their length
 * in bytes in front, so that they can be passed over.
 *
 * <p>A family is written to the same bytes each time. Reading uses neither reflection nor lambdas,
 * since it is done while a program starts; definitions, attributes and the like are not read before
 * somebody looks at them. A file that was damaged is refused at once. One that is corrupt though
 * its checksum is right may be refused by the list that is corrupt, with an {@link
 * java.io.UncheckedIOException}, whenever somebody looks at it.
 */
public final class ModelFile {

  /** What each file begins with: a mark, and the version of the form. */
  static final byte[] MARK = {'J', 'G', 'M', 4};

  /** Where it goes on, behind its checksum. */
  static final int BODY = MARK.length + Integer.BYTES;

  /** Far more than any family takes. */
  private static final int MOST_BYTES = 1 << 24;

  private ModelFile() {}

  /**
   * Writes a family.
   *
   * @param family the family
   * @return the bytes, for {@link #read}
   */
  public static byte[] write(Family family) {
    ModelWriter writer = new ModelWriter();
    writer.family(family);
    return writer.toBytes();
  }

  /**
   * Reads a family. What it takes of memory and time is in proportion to the number of bytes,
   * whatever they are.
   *
   * @param bytes what {@link #write} has returned
   * @return an equal family
   * @throws IOException if they are not what {@link #write} returns, or what that of another
   *     version does; what is corrupt in spite of a right checksum may be found later, see above,
   *     and names in it may go unnoticed
   */
  public static Family read(byte[] bytes) throws IOException {
    return readOwn(bytes.clone());
  }

  /**
   * Reads a family to the end of a stream.
   *
   * @param in gives what {@link #write} has returned, and is not closed
   * @return an equal family
   * @throws IOException as {@link #read(byte[])} does; if there are more than 16 MiB; if the stream
   *     cannot be read
   */
  public static Family read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new IOException("not a model of a family: more than " + MOST_BYTES + " bytes");
    }
    return readOwn(bytes);
  }

  private static Family readOwn(byte[] bytes) throws IOException {
    return new ModelReader(new ModelInput(bytes)).family();
  }

  /** Returns the CRC-32 of what follows it. */
  static int checksum(byte[] file) {
    CRC32 sum = new CRC32();
    sum.update(file, BODY, file.length - BODY);
    return (int) sum.getValue();
  }
}
