package dev.gatefold.executor.standalone;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.ChangeName;
import java.sql.SQLException;

/** Its moment has come just now, and whoever keeps the time is about to put a run. */
final class DueNowException extends SQLException {

  private final ChangeName name;

  DueNowException(ChangeName name) {
    super(name + " is due at this very moment", "55P03");
    this.name = name;
  }

  Outcome outcome() {
    return new Outcome.Waits(name + " is due at this very moment", "Run the same command again.");
  }
}
