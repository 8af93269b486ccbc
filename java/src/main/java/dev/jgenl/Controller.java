package dev.jgenl;

import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.Attributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what the controller, the family "nlctrl", says about families: {@code CTRL_ATTR_*} of {@code
 * include/uapi/linux/genetlink.h}, written by {@code ctrl_fill_info()} in {@code
 * net/netlink/genetlink.c}.
 */
final class Controller {

  /** The controller has a fixed number, so that it needs no resolving. */
  static final int ID = 16;

  private static final int FAMILY_ID = 1;
  private static final int FAMILY_NAME = 2;
  private static final int VERSION = 3;
  private static final int HDRSIZE = 4;
  private static final int MAXATTR = 5;
  private static final int OPS = 6;
  private static final int MCAST_GROUPS = 7;

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
        case OPS -> a.nested().forEach(op -> commands.add(command(op.nested())));
        case MCAST_GROUPS -> a.nested().forEach(group -> groups.add(group(group.nested())));
        default -> {
          // Policies have a command of their own; a newer kernel may say more.
        }
      }
    }
    return new GenlFamily(name, id, version, headerSize, maxAttribute, commands, groups);
  }

  private static GenlCommand command(Attributes op) {
    return new GenlCommand(op.get(OP_ID).s32(), op.get(OP_FLAGS).s32());
  }

  private static MulticastGroup group(Attributes group) {
    return new MulticastGroup(group.get(MCAST_GRP_NAME).string(), group.get(MCAST_GRP_ID).s32());
  }
}
