package dev.jgenl.testkit;

import dev.jgenl.internal.Errno;
import dev.jgenl.wire.AttributeWriter;
import java.util.TreeSet;

/** The family "nlctrl" of a {@link FakeKernel}, as {@code ctrl_fill_info()} answers. */
final class FakeController {

  static final int GETFAMILY = 3;
  static final int FAMILY_NAME = 2;

  static final int NEWFAMILY = 1;
  static final int DELFAMILY = 2;

  private static final int FAMILY_ID = 1;
  private static final int VERSION = 3;
  private static final int HDRSIZE = 4;
  private static final int MAXATTR = 5;
  private static final int OPS = 6;
  private static final int MCAST_GROUPS = 7;
  private static final int MCAST_GRP_NAME = 1;
  private static final int MCAST_GRP_ID = 2;
  private static final int OP_ID = 1;
  private static final int OP_FLAGS = 2;
  private static final int CAP_DO = 0x02;
  private static final int CAP_DUMP = 0x04;

  private FakeController() {}

  static void install(FakeFamily controller, FakeKernel kernel) {
    controller.onDump(
        GETFAMILY,
        (request, answer) ->
            kernel
                .families()
                .forEach(family -> answer.message(NEWFAMILY, a -> describe(family, a))));
    controller.onDo(
        GETFAMILY,
        (request, answer) -> {
          String name = request.attributes().get(FAMILY_NAME).string();
          FakeFamily family = kernel.familyWithName(name);
          if (family == null) {
            answer.error(Errno.ENOENT);
          } else {
            answer.message(NEWFAMILY, a -> describe(family, a));
          }
        });
  }

  static void describe(FakeFamily family, AttributeWriter a) {
    a.putString(FAMILY_NAME, family.name())
        .putU16(FAMILY_ID, family.id())
        .putU32(VERSION, 1)
        .putU32(HDRSIZE, 0)
        .putU32(MAXATTR, 0)
        .putNested(
            OPS,
            ops -> {
              TreeSet<Integer> commands = new TreeSet<>(family.dos().keySet());
              commands.addAll(family.dumps().keySet());
              int i = 1;
              for (int command : commands) {
                int flags =
                    (family.dos().containsKey(command) ? CAP_DO : 0)
                        | (family.dumps().containsKey(command) ? CAP_DUMP : 0);
                ops.putNested(i++, op -> op.putU32(OP_ID, command).putU32(OP_FLAGS, flags));
              }
            })
        .putNested(
            MCAST_GROUPS,
            groups ->
                family
                    .groups()
                    .forEach(
                        (name, id) ->
                            groups.putNested(
                                1,
                                g -> g.putString(MCAST_GRP_NAME, name).putU32(MCAST_GRP_ID, id))));
  }
}
