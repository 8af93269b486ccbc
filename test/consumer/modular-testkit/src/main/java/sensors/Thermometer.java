package sensors;

import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.NetlinkException;

/** A client of the family "sensors". */
public final class Thermometer {

  static final int GET_TEMPERATURE = 1;
  static final int SENSOR = 1;
  static final int MILLIDEGREES = 2;

  private final Genl genl;
  private final GenlFamily family;

  /**
   * Finds the family.
   *
   * @param genl where
   * @throws NetlinkException if there is none
   */
  public Thermometer(Genl genl) throws NetlinkException {
    this.genl = genl;
    family = genl.family("sensors");
  }

  /**
   * Asks a sensor.
   *
   * @param sensor its number
   * @return degrees
   * @throws NetlinkException if it is not there, or silent
   */
  public double degrees(int sensor) throws NetlinkException {
    return genl.request(family, GET_TEMPERATURE, a -> a.putU32(SENSOR, sensor))
            .attributes()
            .get(MILLIDEGREES)
            .s32()
        / 1000.0;
  }
}
