package dev.jgenl.bench.client;

import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.Attributes;
import java.util.ArrayList;
import java.util.List;

/** The answer to features-get as code for it would read it, by the numbers of linux/ethtool.h. */
public record Features(
    long device,
    String name,
    List<Feature> hardware,
    List<Feature> wanted,
    List<Feature> active,
    List<Feature> unchangeable) {

  /** One of them. */
  public record Feature(long index, String name, boolean value) {}

  /** Reads an answer. */
  public static Features read(Attributes answer) {
    long device = 0;
    String name = "";
    List<Feature> hardware = List.of();
    List<Feature> wanted = List.of();
    List<Feature> active = List.of();
    List<Feature> unchangeable = List.of();
    for (Attribute a : answer) {
      switch (a.type()) {
        case 1 -> {
          for (Attribute h : a.nested()) {
            switch (h.type()) {
              case 1 -> device = h.u32();
              case 2 -> name = h.string();
              default -> {}
            }
          }
        }
        case 2 -> hardware = bitset(a.nested());
        case 3 -> wanted = bitset(a.nested());
        case 4 -> active = bitset(a.nested());
        case 5 -> unchangeable = bitset(a.nested());
        default -> {}
      }
    }
    return new Features(device, name, hardware, wanted, active, unchangeable);
  }

  private static List<Feature> bitset(Attributes bitset) {
    List<Feature> features = new ArrayList<>();
    for (Attribute bits : bitset) {
      if (bits.type() == 3) {
        for (Attribute bit : bits.nested()) {
          features.add(feature(bit.nested()));
        }
      }
    }
    return features;
  }

  private static Feature feature(Attributes bit) {
    long index = 0;
    String name = "";
    boolean value = false;
    for (Attribute a : bit) {
      switch (a.type()) {
        case 1 -> index = a.u32();
        case 2 -> name = a.string();
        case 3 -> value = true;
        default -> {}
      }
    }
    return new Feature(index, name, value);
  }
}
