package dev.gatefold.planner.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** The unit of promotion. A plan has only the stages that it needs, in this order. */
public enum StageName {
  EXPAND(Phase.EXPAND),
  BACKFILL(Phase.BACKFILL),
  /** Makes the old shape unreachable; can be taken back at once. */
  RETIRE(Phase.CONTRACT),
  /** Drops the old shape: the only point of no return. */
  DROP(Phase.CONTRACT);

  private final Phase phase;

  StageName(Phase phase) {
    this.phase = phase;
  }

  public Phase phase() {
    return phase;
  }

  /** The name in files, on the command line and in JSON. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<StageName> of(String word) {
    for (StageName stage : values()) {
      if (stage.word().equals(word)) {
        return Optional.of(stage);
      }
    }
    return Optional.empty();
  }
}
