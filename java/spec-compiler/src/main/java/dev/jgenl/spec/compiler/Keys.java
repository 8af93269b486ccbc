package dev.jgenl.spec.compiler;

import java.util.Set;

/**
 * The keys that a spec may have: those of the kernel's schemas, of which some are for its own
 * generators of code and of no effect here, and those of overlays.
 */
final class Keys {

  static final Set<String> FAMILY =
      Set.of(
          "attribute-sets",
          "c-family-name",
          "c-version-name",
          "cmd-cnt-name",
          "cmd-max-name",
          "definitions",
          "doc",
          "kernel-family",
          "kernel-policy",
          "max-by-define",
          "mcast-groups",
          "name",
          "operations",
          "protocol",
          "protonum",
          "sub-messages",
          "uapi-header",
          "version");

  static final Set<String> DEFINITION =
      Set.of(
          "c-name",
          "doc",
          "entries",
          "enum-cnt-name",
          "enum-name",
          "header",
          "members",
          "name",
          "name-prefix",
          "render-max",
          "scope",
          "type",
          "value",
          "value-start");

  static final Set<String> ENTRY = Set.of("c-name", "doc", "name", "value");

  static final Set<String> MEMBER =
      Set.of(
          "byte-order",
          "display-hint",
          "doc",
          "enum",
          "enum-as-flags",
          "len",
          "name",
          "struct",
          "type");

  static final Set<String> ATTRIBUTE_SET =
      Set.of(
          "attr-cnt-name",
          "attr-max-name",
          "attributes",
          "doc",
          "enum-name",
          "header",
          "name",
          "name-prefix",
          "subset-of");

  static final Set<String> ATTRIBUTE =
      Set.of(
          "ambiguous",
          "base",
          "byte-order",
          "c-name",
          "checks",
          "display-hint",
          "doc",
          "enum",
          "enum-as-flags",
          "multi-attr",
          "name",
          "name-prefix",
          "nested-attributes",
          "ordered",
          "selector",
          "struct",
          "sub-message",
          "sub-type",
          "type",
          "type-value",
          "value");

  static final Set<String> CHECKS =
      Set.of("exact-len", "flags-mask", "max", "max-len", "min", "min-len", "unterminated-ok");

  static final Set<String> SUB_MESSAGE = Set.of("formats", "name");

  static final Set<String> FORMAT = Set.of("attribute-set", "fixed-header", "value");

  static final Set<String> OPERATIONS =
      Set.of(
          "async-enum",
          "async-prefix",
          "enum-model",
          "enum-name",
          "fixed-header",
          "list",
          "name-prefix");

  static final Set<String> OPERATION =
      Set.of(
          "attribute-set",
          "c-name",
          "config-cond",
          "continues",
          "do",
          "doc",
          "dont-validate",
          "dump",
          "event",
          "fixed-header",
          "flags",
          "mcgrp",
          "name",
          "notify",
          "value");

  static final Set<String> CALL = Set.of("post", "pre", "reply", "request");

  static final Set<String> LAYOUT = Set.of("attributes", "value");

  static final Set<String> EVENT = Set.of("attributes");

  static final Set<String> CONTINUES = Set.of("elements", "key");

  static final Set<String> CONTINUED = Set.of("keep", "key");

  static final Set<String> GROUPS = Set.of("list");

  static final Set<String> GROUP = Set.of("c-define-name", "flags", "name", "value");

  private Keys() {}
}
