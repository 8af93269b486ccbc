package dev.jgenl.spec.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * A list of a {@link ModelFile}, which is read when somebody first looks at an element: most of a
 * family is for messages that a program never sees. Immutable, and safe to share between threads:
 * one of them reads, and all get the same elements.
 */
final class ModelList<E> extends AbstractList<E> implements RandomAccess {

  private final int kind;
  private final ModelInput part;
  private final int size;
  private volatile @Nullable List<E> elements;

  /**
   * Passes over a list.
   *
   * @param in where it begins
   * @param kind of {@link ModelTags}
   */
  ModelList(ModelInput in, int kind) throws IOException {
    this.kind = kind;
    part = in.part();
    size = part.count();
  }

  /** Copies as {@link List#copyOf} does; what is unread stays so. */
  static <E> List<E> copyOf(List<E> list) {
    return list instanceof ModelList ? list : List.copyOf(list);
  }

  private List<E> elements() {
    List<E> known = elements;
    return known == null ? read() : known;
  }

  @Override
  public E get(int index) {
    return elements().get(index);
  }

  @Override
  public Iterator<E> iterator() {
    return elements().iterator();
  }

  @Override
  public int size() {
    return size;
  }

  private synchronized List<E> read() {
    List<E> known = elements;
    if (known == null) {
      try {
        known = read(part.copy());
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
      elements = known;
    }
    return known;
  }

  @SuppressWarnings("unchecked")
  private List<E> read(ModelInput in) throws IOException {
    ModelReader reader = new ModelReader(in);
    Object[] read = new Object[size];
    for (int i = 0; i < size; i++) {
      read[i] = reader.element(kind);
    }
    in.end();
    return (List<E>) List.of(read);
  }
}
