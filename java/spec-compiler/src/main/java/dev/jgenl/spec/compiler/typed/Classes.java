package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.ClassName;

/** The classes that generated ones are built on. */
final class Classes {

  static final String TYPED = "dev.jgenl.spec.typed";

  static final ClassName GENL = ClassName.get("dev.jgenl", "Genl");
  static final ClassName NETLINK = ClassName.get("dev.jgenl.netlink", "Netlink");
  static final ClassName NETLINK_EXCEPTION = ClassName.get("dev.jgenl", "NetlinkException");
  static final ClassName NETLINK_OPTIONS = ClassName.get("dev.jgenl", "NetlinkOptions");
  static final ClassName OUTCOME = ClassName.get("dev.jgenl", "Outcome");
  static final ClassName REPLY = ClassName.get("dev.jgenl", "Reply");
  static final ClassName BITFIELD32 = ClassName.get("dev.jgenl.wire", "Bitfield32");
  static final ClassName MAC_ADDRESS = ClassName.get("dev.jgenl.wire", "MacAddress");
  static final ClassName DYNAMIC_MESSAGE = ClassName.get("dev.jgenl.spec", "DynamicMessage");
  static final ClassName NEST_VALUE = ClassName.get("dev.jgenl.spec", "NestValue");
  static final ClassName NUMBER_VALUE = ClassName.get("dev.jgenl.spec", "NumberValue");
  static final ClassName REQUEST_FLAG = ClassName.get("dev.jgenl.spec", "RequestFlag");
  static final ClassName SHAPE = ClassName.get("dev.jgenl.spec", "Shape");
  static final ClassName VALUE = ClassName.get("dev.jgenl.spec", "Value");
  static final ClassName FAMILY = ClassName.get("dev.jgenl.spec.model", "Family");
  static final ClassName ACKNOWLEDGED = typed("Acknowledged");
  static final ClassName BITFIELD = typed("Bitfield");
  static final ClassName BYTES = typed("Bytes");
  static final ClassName ELEMENTS = typed("Elements");
  static final ClassName ENUM_NUMBER = typed("EnumNumber");
  static final ClassName ENUM_TYPE = typed("EnumType");
  static final ClassName ENUM_VALUE = typed("EnumValue");
  static final ClassName FLAGS = typed("Flags");
  static final ClassName REQUEST_BUILDER = typed("RequestBuilder");
  static final ClassName TYPED_BUILDER = typed("TypedBuilder");
  static final ClassName TYPED_DUMP = typed("TypedDump");
  static final ClassName TYPED_DUMP_REQUEST = typed("TypedDumpRequest");
  static final ClassName TYPED_FAMILY = typed("TypedFamily");
  static final ClassName TYPED_REQUEST = typed("TypedRequest");
  static final ClassName TYPED_SUBSCRIPTION = typed("TypedSubscription");
  static final ClassName TYPED_VALUE = typed("TypedValue");

  private Classes() {}

  private static ClassName typed(String name) {
    return ClassName.get(TYPED, name);
  }
}
