package dev.gatefold.planner.hazard;

import dev.gatefold.planner.hazard.Weight.By;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;

/**
 * A kind of hazard.
 *
 * @param code also the name of its page in the docs
 * @param usual how severe it is on a table that is neither light nor heavy
 * @param by what makes it more or less severe
 */
public record Danger(String code, Severity usual, Weight.By by) {

  static Danger of(String code, Severity severity) {
    return new Danger(code, severity, By.NOTHING);
  }

  static Danger bySize(String code, Severity usual) {
    return new Danger(code, usual, By.SIZE);
  }

  static Danger byTraffic(String code, Severity usual) {
    return new Danger(code, usual, By.TRAFFIC);
  }

  /** The word for what it is weighed by, as the docs have it. */
  public String weighedBy() {
    return switch (by) {
      case NOTHING -> "";
      case SIZE -> "size";
      case TRAFFIC -> "traffic";
    };
  }

  Hazard at(Weight weight, Object object, String message, String cure) {
    return new Hazard(code, weight.severity(usual, by), object.toString(), message, cure);
  }
}
