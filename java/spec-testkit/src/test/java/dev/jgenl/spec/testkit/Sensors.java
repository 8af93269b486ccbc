package dev.jgenl.spec.testkit;

import dev.jgenl.spec.compiler.SpecCompiler;
import dev.jgenl.spec.compiler.SpecException;
import dev.jgenl.spec.model.Family;
import java.nio.charset.StandardCharsets;

/** Specs of families that there are not. */
final class Sensors {

  static final String ATTRIBUTES =
      """
      definitions:
        - {name: state, type: enum, entries: [cold, warm, hot]}
        - {name: fault, type: flags, entries: [broken, away]}
        - {name: head, type: struct, members: [{name: room, type: u16}, {name: floor, type: u16}]}
        - {name: span, type: struct, members: [{name: from, type: u32}, {name: to, type: u32}]}
      attribute-sets:
        - name: sensor
          attributes:
            - {name: id, type: u32, checks: {max: 7}}
            - {name: state, type: u8, enum: state}
            - {name: faults, type: u32, enum: fault}
            - {name: name, type: string, checks: {max-len: 5}}
            - {name: place, type: nest, nested-attributes: place}
            - {name: port, type: u16, byte-order: big-endian, checks: {min: 1}}
            - {name: samples, type: binary, sub-type: u32}
            - {name: span, type: binary, struct: span}
            - {name: key, type: binary, checks: {exact-len: 4}}
            - {name: quiet, type: flag}
            - {name: old, type: unused}
            - {name: count, type: uint, checks: {min: 1}}
            - {name: history, type: indexed-array, sub-type: nest, nested-attributes: place}
            - {name: options, type: bitfield32, enum: fault}
            - {name: temperature, type: s32, checks: {min: -273}}
        - name: place
          attributes:
            - {name: room, type: string}
            - {name: within, type: nest, nested-attributes: place}
            - {name: tag, type: u16, multi-attr: true}
      """;

  static final String GENERIC =
      """
      name: sensors
      version: 3
      """
          + ATTRIBUTES
          + """
          operations:
            list:
              - name: get
                attribute-set: sensor
                do: {request: {attributes: [id, name, place]}, reply: {attributes: &all [id, state, name]}}
                dump: {request: {attributes: [place]}, reply: {attributes: *all}}
              - name: set
                attribute-set: sensor
                flags: [admin-perm]
                do:
                  request:
                    attributes:
                      [id, state, faults, name, place, port, samples, span, key, quiet, old, count,
                       history, options, temperature]
              - {name: set-ntf, notify: get, mcgrp: events}
              - {name: lost-ntf, notify: get}
          mcast-groups: {list: [{name: events}, {name: others}]}
          """;

  static final String ROUTE =
      """
      name: rooms
      protocol: netlink-raw
      protonum: 0
      """
          + ATTRIBUTES
          + """
          operations:
            enum-model: directional
            fixed-header: head
            list:
              - name: newroom
                attribute-set: sensor
                do: {request: {value: 400, attributes: [id, name, place]}}
              - name: getroom
                attribute-set: sensor
                do:
                  request: {value: 402, attributes: [id, name]}
                  reply: {value: 400, attributes: [id, name]}
                dump:
                  request: {value: 402, attributes: [id]}
                  reply: {value: 400, attributes: [id, name]}
              - {name: newroom-ntf, notify: getroom, value: 400, mcgrp: rooms}
          mcast-groups: {list: [{name: rooms, value: 40}]}
          """;

  private Sensors() {}

  static Family compile(String spec) {
    try {
      return SpecCompiler.create().compile("sensors.yaml", spec.getBytes(StandardCharsets.UTF_8));
    } catch (SpecException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
