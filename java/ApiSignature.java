import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PROTECTED;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ASM9;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;

/**
 * Writes down what a module promises: the classes of its exported packages with their public and
 * protected members, without code and without what only debuggers read, so that a change of code
 * alone leaves the bytes as they are. The profile "signature" of pom.xml runs it.
 */
final class ApiSignature {

  private ApiSignature() {}

  public static void main(String[] args) throws IOException {
    Path classes = Path.of(args[0]);
    Path signature = Path.of(args[1]);
    try (OutputStream file = Files.newOutputStream(signature);
        ZipOutputStream jar = new ZipOutputStream(file)) {
      jar.setLevel(0); // for git, which packs it itself, and sees what two versions have in common
      for (String folder : exportedFolders(classes)) {
        for (Path path : classesIn(classes.resolve(folder))) {
          ClassReader reader = new ClassReader(Files.readAllBytes(path));
          if (!Stripped.isHidden(reader)) {
            ZipEntry entry = new ZipEntry(reader.getClassName() + ".class");
            entry.setTimeLocal(LocalDateTime.of(1980, 2, 1, 0, 0));
            jar.putNextEntry(entry);
            jar.write(Stripped.of(reader));
          }
        }
      }
    }
  }

  private static List<String> exportedFolders(Path classes) throws IOException {
    try (InputStream descriptor = Files.newInputStream(classes.resolve("module-info.class"))) {
      return ModuleDescriptor.read(descriptor).exports().stream()
          .filter(e -> !e.isQualified())
          .map(e -> e.source().replace('.', '/'))
          .sorted()
          .toList();
    }
  }

  private static List<Path> classesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".class")).sorted().toList();
    }
  }

  /** A class as others see it. */
  private static final class Stripped extends ClassVisitor {

    private static final int READ =
        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;

    private Stripped(ClassWriter writer) {
      super(ASM9, writer);
    }

    static byte[] of(ClassReader reader) {
      ClassWriter writer = new ClassWriter(0);
      reader.accept(new Stripped(writer), READ);
      return writer.toByteArray();
    }

    /** Nobody else can name private, local and anonymous classes. */
    static boolean isHidden(ClassReader reader) {
      boolean[] hidden = new boolean[1];
      reader.accept(
          new ClassVisitor(ASM9) {
            @Override
            public void visitInnerClass(String name, String outer, String simple, int access) {
              hidden[0] |= name.equals(reader.getClassName()) && isHidden(simple, access);
            }
          },
          READ);
      return hidden[0];
    }

    private static boolean isHidden(String simpleName, int access) {
      return simpleName == null || (access & ACC_PRIVATE) != 0;
    }

    private static boolean isSeen(int access) {
      return (access & (ACC_PUBLIC | ACC_PROTECTED)) != 0;
    }

    @Override
    public void visitInnerClass(String name, String outer, String simple, int access) {
      if (!isHidden(simple, access)) {
        super.visitInnerClass(name, outer, simple, access);
      }
    }

    @Override
    public void visitNestMember(String name) {
      // matters to code alone
    }

    @Override
    public FieldVisitor visitField(
        int access, String name, String descriptor, String generic, Object value) {
      // The one private field that others meet: in what is serialized.
      return isSeen(access) || name.equals("serialVersionUID")
          ? super.visitField(access, name, descriptor, generic, value)
          : null;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String generic, String[] exceptions) {
      return isSeen(access)
          ? super.visitMethod(access, name, descriptor, generic, exceptions)
          : null;
    }
  }
}
