package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.trial.Proof;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.testing.RunRole;
import java.util.List;
import java.util.Optional;

/**
 * One change of a table {@code t}, looked at from all sides: what comes out of it equals what plain
 * DDL makes of a twin, and what is taken back equals what was before.
 *
 * @param tables SQL that makes {@code t} in the schema {@code %1$s}
 * @param change operations, as lines of a change file
 * @param ddl the same change of {@code twin.t} as plain DDL
 */
record Carrying(String tables, String change, String ddl) {

  private static final List<StageName> REVERSIBLE =
      List.of(StageName.EXPAND, StageName.BACKFILL, StageName.RETIRE);

  /** All of it: to the end, back from each stage, and with no lock that is not declared. */
  void holds() throws Exception {
    endsLikeTheDdl();
    // Only a superuser sees the locks; what others may do is seen in the run of an owner.
    if (RunRole.ofThisRun() == RunRole.SUPERUSER) {
      assertThat(Proof.of(filled("public"), file()).findings()).isEmpty();
    } else {
      for (StageName stage : REVERSIBLE) {
        isTakenBackFrom(stage);
      }
    }
  }

  private void endsLikeTheDdl() throws Exception {
    try (Journey journey = Journey.on("CREATE SCHEMA twin;" + filled("public") + filled("twin"))) {
      List<String> rows = journey.rows("SELECT * FROM twin.t ORDER BY 1");
      journey.submitted(file());
      assertThat(journey.rows("SELECT * FROM t ORDER BY 1")).isEqualTo(rows);
      journey.promoted("c", StageName.DROP);
      journey.sql(ddl);

      assertThat(withoutSchema(journey.catalog("t")))
          .isEqualTo(withoutSchema(journey.catalog("twin.t")));
      // Columns of the new table stand at the end: as JSON they have names, not places.
      assertThat(journey.rows("SELECT to_jsonb(t) FROM t ORDER BY 1"))
          .isEqualTo(journey.rows("SELECT to_jsonb(t) FROM twin.t ORDER BY 1"));
    }
  }

  private void isTakenBackFrom(StageName stage) throws Exception {
    try (Journey journey = Journey.on(filled("public"))) {
      List<String> catalog = journey.catalog("t");
      List<String> rows = journey.rows("SELECT to_jsonb(t) FROM t ORDER BY 1");
      journey.submitted(file()).promoted("c", stage);

      assertThat(journey.rollback("c", Optional.of(RolloutState.PLANNED)))
          .as("back from %s", stage)
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.catalog("t")).as("back from %s", stage).isEqualTo(catalog);
      assertThat(journey.rows("SELECT to_jsonb(t) FROM t ORDER BY 1")).isEqualTo(rows);

      // The second time must not trip over what the first one left.
      journey.submitted(file()).promoted("c", stage);
    }
  }

  /** The reasons for which the change is refused. */
  static List<String> refusals(String tables, String change) throws Exception {
    try (Journey journey = Journey.on(tables.replace("%1$s", "public"))) {
      Outcome outcome = journey.submit("change: c\noperations:\n" + change);
      assertThat(outcome).isInstanceOf(Outcome.Refused.class);
      return ((Outcome.Refused) outcome)
          .refusal().reasons().stream()
              .map(reason -> reason.code() + ": " + reason.message())
              .toList();
    }
  }

  private String filled(String schema) {
    return tables.replace("%1$s", schema);
  }

  private String file() {
    return "change: c\noperations:\n" + change;
  }

  private static List<String> withoutSchema(List<String> catalog) {
    return catalog.stream()
        .map(line -> line.replaceAll("\\b(twin|public)[._]", ""))
        .sorted()
        .toList();
  }
}
