package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.jgenl.spec.compiler.typed.JavaType.Plain;
import dev.jgenl.spec.compiler.typed.JavaType.Setter;
import dev.jgenl.spec.model.Hint;
import dev.jgenl.spec.model.Type.Width;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

/** What is in Java the same in all families. */
final class PlainTypes {

  private static final CodeBlock NOTHING = CodeBlock.of("");

  private PlainTypes() {}

  static JavaType scalar(Width width, Hint hint) {
    if (hint == Hint.IPV4 || hint == Hint.IPV4_OR_V6) {
      ClassName address = ClassName.get(InetAddress.class);
      return object(
          address,
          "address",
          "address",
          CodeBlock.of("$T::of", Classes.NUMBER_VALUE),
          new Plain(address, "$2T.of($1L)", List.of(Classes.NUMBER_VALUE)));
    }
    return switch (width) {
      case U8, U16, S8, S16, S32 -> number32();
      case U32, U64, S64, UINT, SINT -> number64(width == Width.U64 || width == Width.UINT);
    };
  }

  private static JavaType number32() {
    return new JavaType(
        ClassName.get(OptionalInt.class),
        "number32",
        TypeName.INT,
        "member32",
        NOTHING,
        ClassName.get(Integer.class),
        CodeBlock.of("$T::number32", Classes.ELEMENTS),
        CodeBlock.of("$T::of", Classes.VALUE),
        List.of(valueOf(TypeName.INT)));
  }

  private static JavaType number64(boolean unsigned) {
    return new JavaType(
        ClassName.get(OptionalLong.class),
        "number64",
        TypeName.LONG,
        "member64",
        NOTHING,
        ClassName.get(Long.class),
        CodeBlock.of("$T::number64", Classes.ELEMENTS),
        unsigned
            ? CodeBlock.of("$T::unsigned", Classes.NUMBER_VALUE)
            : CodeBlock.of("$T::of", Classes.VALUE),
        List.of(
            unsigned
                ? new Plain(TypeName.LONG, "$2T.unsigned($1L)", List.of(Classes.NUMBER_VALUE))
                : valueOf(TypeName.LONG)));
  }

  private static Plain valueOf(TypeName type) {
    return new Plain(type, "$2T.of($1L)", List.of(Classes.VALUE));
  }

  static JavaType flag() {
    return new JavaType(
        TypeName.BOOLEAN,
        "flag",
        TypeName.BOOLEAN,
        "flag",
        NOTHING,
        ClassName.get(Boolean.class),
        CodeBlock.of("value -> true"),
        CodeBlock.of("$T::of", Classes.VALUE),
        List.of(valueOf(TypeName.BOOLEAN)));
  }

  static JavaType text() {
    return object(ClassName.get(String.class), "text", "memberText");
  }

  static JavaType bitfield32() {
    return object(
        Classes.BITFIELD32,
        "bitfield32",
        "bitfield32",
        CodeBlock.of("$T::of", Classes.VALUE),
        valueOf(Classes.BITFIELD32));
  }

  /** Numbers that have names: they need the names to be read. */
  static JavaType named(
      ClassName names,
      ParameterizedTypeName type,
      String reader,
      String memberReader,
      Setter... others) {
    List<Setter> setters =
        Stream.concat(Arrays.stream(others), Stream.of(new Plain(type, "$1L.toValue()", List.of())))
            .toList();
    return new JavaType(
        optional(type),
        reader,
        type,
        memberReader,
        CodeBlock.of(", $T.class", names),
        type,
        CodeBlock.of("$T.$L($T.class)", Classes.ELEMENTS, reader, names),
        CodeBlock.of("$T::toValue", type.rawType()),
        setters);
  }

  static JavaType binary(Hint hint) {
    return switch (hint) {
      case MAC -> object(Classes.MAC_ADDRESS, "mac", "mac");
      case IPV4, IPV6, IPV4_OR_V6 -> object(ClassName.get(InetAddress.class), "address", "address");
      case UUID -> object(ClassName.get(UUID.class), "uuid", "uuid");
      case SOCKET_ADDRESS ->
          object(ClassName.get(InetSocketAddress.class), "socketAddress", "socketAddress");
      case NONE, HEX -> bytes();
    };
  }

  private static JavaType bytes() {
    return object(
        Classes.BYTES,
        "bytes",
        "memberBytes",
        CodeBlock.of("$T::toValue", Classes.BYTES),
        valueOf(ArrayTypeName.of(TypeName.BYTE)),
        new Plain(Classes.BYTES, "$1L.toValue()", List.of()));
  }

  private static JavaType object(ClassName type, String reader, String memberReader) {
    return object(type, reader, memberReader, CodeBlock.of("$T::of", Classes.VALUE), valueOf(type));
  }

  /** What has a reader of its own that needs no more than the slot. */
  private static JavaType object(
      ClassName type, String reader, String memberReader, CodeBlock maker, Setter... setters) {
    return new JavaType(
        optional(type),
        reader,
        // An address is nothing else than an address: of 0 bytes there is none.
        reader.equals(memberReader) ? optional(type) : type,
        memberReader,
        NOTHING,
        type,
        CodeBlock.of("$T::$L", Classes.ELEMENTS, reader),
        maker,
        List.of(setters));
  }

  static TypeName optional(TypeName type) {
    return ParameterizedTypeName.get(ClassName.get(Optional.class), type);
  }
}
