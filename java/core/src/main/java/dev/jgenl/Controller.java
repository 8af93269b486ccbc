package dev.jgenl;

import static dev.jgenl.wire.NetlinkConstants.NLMSG_MIN_TYPE;

import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MalformedMessageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what the controller, the family "nlctrl", says about families: {@code CTRL_ATTR_*} of
 * {@code include/uapi/linux/genetlink.h}, written by {@code ctrl_fill_info()} in {@code
 * net/netlink/genetlink.c}.
 */
final class Controller {

  /** The number of the controller, which is fixed, and so are those of its groups. */
  static final int ID = 16;

  /** The group that tells of families that come and go. */
  static final int NOTIFY_GROUP = 16;

  private static final int CMD_GETFAMILY = 3;
  private static final int CMD_GETPOLICY = 10;

  /** The controller itself, with what a request to it needs. */
  static final GenlFamily NLCTRL = GenlFamily.builder("nlctrl", ID).version(2).build();

  /** A family that was never asked for: what comes from it has no name, and mostly no header. */
  static final GenlFamily UNKNOWN = GenlFamily.builder("", 0).version(0).build();

  private static final RequestNames NAMES =
      new RequestNames() {
        @Override
        public Optional<String> command(int command) {
          return Optional.of(command == CMD_GETFAMILY ? "getfamily" : "getpolicy");
        }
      };

  /** What fits into a message with an attribute behind it, in bytes. */
  private static final int HEADER_MAX = 0xffff;

  private static final int FAMILY_ID = 1;
  private static final int FAMILY_NAME = 2;
  private static final int VERSION = 3;
  private static final int HDRSIZE = 4;
  private static final int MAXATTR = 5;
  private static final int OPS = 6;
  private static final int MCAST_GROUPS = 7;

  private static final int POLICY = 8;
  private static final int OP_POLICY = 9;

  private static final int POLICY_DO = 1;
  private static final int POLICY_DUMP = 2;

  private static final int OP_ID = 1;
  private static final int OP_FLAGS = 2;

  private static final int MCAST_GRP_NAME = 1;
  private static final int MCAST_GRP_ID = 2;

  private Controller() {}

  /** Reads {@code CTRL_CMD_NEWFAMILY}. */
  static GenlFamily family(Attributes message) {
    String name = "";
    int id = 0;
    int version = 0;
    int headerSize = 0;
    int maxAttribute = 0;
    List<GenlCommand> commands = new ArrayList<>();
    List<MulticastGroup> groups = new ArrayList<>();
    for (Attribute a : message) {
      switch (a.type()) {
        case FAMILY_ID -> id = a.u16();
        case FAMILY_NAME -> name = a.string();
        case VERSION -> version = a.s32();
        case HDRSIZE -> headerSize = a.s32();
        case MAXATTR -> maxAttribute = a.s32();
        case OPS -> {
          for (Attribute op : a.nested()) {
            commands.add(command(op.nested()));
          }
        }
        case MCAST_GROUPS -> {
          for (Attribute group : a.nested()) {
            groups.add(group(group.nested()));
          }
        }
        default -> {
          // Policies have a command of their own; a newer kernel may say more.
        }
      }
    }
    requireWithin("number of a family", id, NLMSG_MIN_TYPE, 0xffff);
    requireWithin("version of a family", version, 0, 255);
    requireWithin("length of a family's header", headerSize, 0, HEADER_MAX);
    return GenlFamily.builder(name, id)
        .version(version)
        .headerSize(headerSize)
        .maxAttribute(maxAttribute)
        .commands(commands)
        .groups(groups)
        .build();
  }

  private static void requireWithin(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw new MalformedMessageException(
          what + " is " + value + ", not within " + min + " to " + max);
    }
  }

  private static GenlCommand command(Attributes op) {
    int id = op.get(OP_ID).s32();
    requireWithin("number of a command", id, 0, 255);
    return GenlCommand.of(id, op.get(OP_FLAGS).s32());
  }

  private static MulticastGroup group(Attributes group) {
    return MulticastGroup.of(group.get(MCAST_GRP_NAME).string(), group.get(MCAST_GRP_ID).s32());
  }

  /** Asks for all families. */
  static GenlRequest familiesRequest() {
    return GenlRequest.of(NLCTRL, CMD_GETFAMILY).withNames(NAMES);
  }

  /** Asks for what the commands of a family accept. */
  static GenlRequest policyRequest(GenlFamily family) {
    return GenlRequest.of(NLCTRL, CMD_GETPOLICY, a -> a.putU16(FAMILY_ID, family.id()))
        .withNames(NAMES);
  }

  /** Reads the messages that answer {@link #policyRequest}; each tells of one thing only. */
  static GenlPolicy policy(List<GenlMessage> messages) {
    Map<Integer, GenlPolicy.CommandTables> commands = new HashMap<>();
    Map<Integer, Map<Integer, AttributePolicy>> tables = new HashMap<>();
    for (GenlMessage m : messages) {
      for (Attribute op : nested(m, OP_POLICY)) {
        commands.put(op.type(), tablesOf(op.nested()));
      }
      for (Attribute table : nested(m, POLICY)) {
        Map<Integer, AttributePolicy> attributes =
            tables.computeIfAbsent(table.type(), t -> new HashMap<>());
        for (Attribute a : table.nested()) {
          attributes.put(a.type(), AttributePolicy.read(a.nested()));
        }
      }
    }
    tables.replaceAll((index, attributes) -> Map.copyOf(attributes));
    return new GenlPolicy(commands, tables);
  }

  private static Attributes nested(GenlMessage message, int type) {
    return message.attributes().findNested(type).orElse(Attributes.none());
  }

  private static GenlPolicy.CommandTables tablesOf(Attributes op) {
    return new GenlPolicy.CommandTables(
        op.findS32(POLICY_DO).orElse(-1), op.findS32(POLICY_DUMP).orElse(-1));
  }
}
