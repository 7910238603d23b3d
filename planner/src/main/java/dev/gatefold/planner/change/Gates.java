package dev.gatefold.planner.change;

/** What the gate of each stage asks for. */
public record Gates(
    GateSettings expand, GateSettings backfill, GateSettings retire, GateSettings drop) {

  /** Asks for nothing. */
  public static final Gates NONE =
      new Gates(GateSettings.NONE, GateSettings.NONE, GateSettings.NONE, GateSettings.NONE);

  /** Stage by stage the stricter of both. */
  public Gates stricter(Gates other) {
    return new Gates(
        expand.stricter(other.expand),
        backfill.stricter(other.backfill),
        retire.stricter(other.retire),
        drop.stricter(other.drop));
  }
}
