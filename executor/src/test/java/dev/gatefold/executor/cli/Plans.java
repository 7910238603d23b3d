package dev.gatefold.executor.cli;

import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.Rollout.RowCounts;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.rollout.StoredPlan;
import dev.gatefold.executor.store.Request;
import dev.gatefold.executor.store.Request.End;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.RowMapping.ColumnMapping;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Survey;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.snapshot.SchemaSnapshot;
import dev.gatefold.planner.snapshot.SnapshotObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A small plan and rollouts of it, made by hand. */
final class Plans {

  static final ChangeName TOTAL = new ChangeName("total");
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static final TableName ORDERS =
      new TableName(new Identifier("public"), new Identifier("orders"));

  private Plans() {}

  static SchemaSnapshot snapshot() {
    return new SchemaSnapshot(
        new SchemaSnapshot.Source(17, "UTF8", "app", "public"),
        List.of(
            new SnapshotObject(
                "schema", "public", Optional.empty(), List.of(), List.of("CREATE SCHEMA public"))),
        List.of(),
        List.of(),
        List.of());
  }

  static Plan ofTotal() {
    return new Plan(
        TOTAL,
        BackfillSettings.DEFAULT,
        List.of(
            new Stage(
                StageName.EXPAND,
                List.of(ddl("expand.columns", "add column", "ALTER TABLE o ADD n int", undo()))),
            new Stage(StageName.BACKFILL, List.of(rows(), index())),
            new Stage(
                StageName.DROP,
                List.of(
                    ddl(
                        "drop.columns",
                        "drop column",
                        "ALTER TABLE o DROP o",
                        new Undo.PointOfNoReturn("the old values are gone"))))),
        List.of(),
        List.of(
            new Hazard(
                "drop-is-final",
                Hazard.Severity.WARNING,
                "public.orders",
                "the old column goes for good",
                "Take a backup.")),
        List.of("once backfilled: deploy the version that uses n"),
        List.of(),
        Optional.of(
            new Survey(
                List.of(
                    new Survey.Seen(
                        ORDERS,
                        OptionalLong.of(1_200_000),
                        412L << 20,
                        OptionalLong.of(5_120),
                        OptionalLong.empty())),
                List.of("the applications"))));
  }

  private static Undo undo() {
    return Undo.by(
        ddl("expand.columns.undo", "drop column", "ALTER TABLE o\n  DROP n;", new Undo.Nothing()));
  }

  static Step ddl(String id, String kind, String sql, Undo undo) {
    return new Step.BriefDdl(
        id,
        kind,
        List.of(sql),
        LockMode.ACCESS_EXCLUSIVE,
        List.of(ORDERS),
        List.of(),
        Optional.empty(),
        undo);
  }

  static Step rows() {
    RowMapping mapping =
        new RowMapping(
            ORDERS,
            1,
            List.of(),
            "its blocks",
            List.of(
                new ColumnMapping(new Identifier("o"), new Identifier("n"), "t.o", "true", "true")),
            "gatefold.skip",
            List.of());
    return new Step.BackfillRows(
        "backfill.rows",
        "backfill rows",
        List.of("UPDATE o SET n = o"),
        mapping,
        new Undo.Nothing());
  }

  private static Step index() {
    return new Step.OnlineDdl(
        "backfill.index",
        "build index",
        List.of("CREATE INDEX CONCURRENTLY i ON o (n)"),
        LockMode.SHARE_UPDATE_EXCLUSIVE,
        List.of(ORDERS),
        List.of(),
        new Check("SELECT true", "no index"),
        List.of(),
        new Undo.Nothing());
  }

  static Rollout rollout(RolloutState state) {
    return new Rollout(
        1,
        TOTAL,
        state,
        state.stage(),
        Optional.empty(),
        false,
        Optional.empty(),
        StoredPlan.of(ofTotal()),
        "",
        new RowCounts(1000, 250, 0),
        NOON);
  }

  /** A promotion that nobody has taken yet. */
  static Request asked() {
    return asked(Optional.empty(), Optional.empty());
  }

  static Request askedAndEnded(String outcome, Instant at) {
    return asked(
        Optional.of(new End(outcome, "what happened", "what to do", Optional.of("abc"))),
        Optional.of(at));
  }

  private static Request asked(Optional<End> end, Optional<Instant> at) {
    return new Request(
        1,
        1,
        TOTAL,
        StageName.BACKFILL,
        "f",
        Optional.empty(),
        Optional.empty(),
        "ann",
        NOON,
        end.map(it -> "session 7"),
        end,
        at);
  }

  static Rollout failed(RolloutState state) {
    return new Rollout(
        1,
        TOTAL,
        state,
        state.stage(),
        Optional.empty(),
        true,
        Optional.of(new Rollout.Failure("backfill.rows", "row 7 has no image")),
        StoredPlan.of(ofTotal()),
        "",
        new RowCounts(1000, 250, 3),
        NOON);
  }

  static Rollout rollingBack(RolloutState to) {
    return new Rollout(
        1,
        TOTAL,
        RolloutState.ROLLING_BACK,
        Optional.of(StageName.BACKFILL),
        Optional.of(to),
        false,
        Optional.empty(),
        StoredPlan.of(ofTotal()),
        "",
        new RowCounts(0, 0, 0),
        NOON);
  }
}
