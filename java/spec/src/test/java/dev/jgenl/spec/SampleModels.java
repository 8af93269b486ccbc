package dev.jgenl.spec;

import static dev.jgenl.spec.Models.attribute;
import static dev.jgenl.spec.Models.member;
import static dev.jgenl.spec.Models.scalar;

import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Protocol;
import dev.jgenl.spec.model.Type;
import dev.jgenl.spec.model.Type.Width;
import java.util.Optional;

/** Small models for tests of other packages. */
public final class SampleModels {

  private SampleModels() {}

  /**
   * One of Generic Netlink.
   *
   * @return a family that has nothing
   */
  public static Family generic() {
    Models models = new Models();
    models.name = "ethtool";
    models.protocol = new Protocol.Generic("ethtool", 1);
    return models.family();
  }

  /**
   * Changes that are done together.
   *
   * @return a slice of nftables
   */
  public static Family nftables() {
    Models models =
        new Models()
            .struct(
                "nfgenmsg",
                member("nfgen-family", 1, scalar(Width.U8)),
                member("version", 1, scalar(Width.U8)),
                member("res-id", 2, Models.bigEndian(Width.U16)))
            .set("table-attrs", attribute("name", 1, new Type.Text()))
            .operation("newtable", 0xa00, "table-attrs", Optional.of("nfgenmsg"));
    models.name = "nftables";
    models.protocol = new Protocol.Raw(12);
    return models.family();
  }
}
