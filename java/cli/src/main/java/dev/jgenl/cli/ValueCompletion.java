package dev.jgenl.cli;

import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.SubMessage;
import dev.jgenl.spec.model.Type;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Finds values of an attribute: names that numbers have, devices of this machine, kinds of things.
 */
final class ValueCompletion {

  private final Family model;
  private final Machine machine;
  private final Candidates candidates;

  ValueCompletion(Family model, Machine machine, Candidates candidates) {
    this.model = model;
    this.machine = machine;
    this.candidates = candidates;
  }

  /**
   * Adds what there is.
   *
   * @param before the word up to the value
   * @param name what the value is of
   * @param beside what else may be named where this is
   */
  void add(String before, AttributeName name, List<AttributeName> beside) throws IOException {
    Type type = name.element();
    if (type instanceof Type.Scalar scalar) {
      if (scalar.names().isPresent()) {
        Type.EnumUse names = scalar.names().get();
        addEntries(names.flags() ? withOthers(before) : before, names);
      } else if (isDeviceIndex(name.name())) {
        addDeviceIndices(before);
      }
    } else if (type instanceof Type.Bitfield bits && bits.names().isPresent()) {
      addEntries(withOthers(before), bits.names().get());
    } else if (type instanceof Type.Text) {
      if (isDevice(name.name(), beside)) {
        addDevices(before);
      }
      addKinds(before, name.name(), beside);
    }
  }

  /** Of bits there may be many, with commas between. */
  private String withOthers(String before) {
    int comma = candidates.typed().lastIndexOf(',');
    return comma < before.length() ? before : candidates.typed().substring(0, comma + 1);
  }

  private void addEntries(String before, Type.EnumUse use) {
    if (Models.definition(model, use.enumeration()) instanceof Definition.Enumeration names) {
      for (Definition.Entry entry : names.entries()) {
        candidates.add(before + entry.name(), entry.doc());
      }
    }
  }

  private static boolean isDeviceIndex(String name) {
    return name.endsWith("ifindex") || name.equals("ifi-index") || name.equals("dev-index");
  }

  private void addDeviceIndices(String before) throws IOException {
    for (Map.Entry<String, String> device : machine.devices().entrySet()) {
      candidates.add(before + device.getValue(), device.getKey());
    }
  }

  /** To devlink a device is what is on a bus. */
  private static boolean isDevice(String name, List<AttributeName> beside) {
    if (!name.equals("dev-name")) {
      return name.endsWith("ifname");
    }
    for (AttributeName other : beside) {
      if (other.name().equals("bus-name")) {
        return false;
      }
    }
    return true;
  }

  private void addDevices(String before) throws IOException {
    for (String device : machine.devices().keySet()) {
      candidates.add(before + device, "");
    }
  }

  /** Adds what decides of another attribute what is within it. */
  private void addKinds(String before, String name, List<AttributeName> beside) {
    for (AttributeName other : beside) {
      if (other.type() instanceof Type.Selected selected && selected.selector().equals(name)) {
        SubMessage kinds = Models.subMessage(model, selected.subMessage());
        for (SubMessage.Format kind :
            kinds == null ? List.<SubMessage.Format>of() : kinds.formats()) {
          candidates.add(before + kind.value(), "");
        }
      }
    }
  }
}
