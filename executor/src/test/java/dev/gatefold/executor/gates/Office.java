package dev.gatefold.executor.gates;

import dev.gatefold.executor.ApprovalOrder;
import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.TargetSettings;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.change.ChangeFileException;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.GateFile;
import dev.gatefold.planner.change.Gates;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A database with one table, and the people who change it, each with a role of the own. */
final class Office implements AutoCloseable {

  static final ChangeName CHANGE = new ChangeName("x");

  private static final String OPERATIONS =
      """
      change: x
      operations:
        - rename_column: {table: t, column: a, to: b}
      """;

  /** Superusers, since who may do what in the database is not what is looked at here. */
  private static final String PEOPLE =
      """
      DO $$ DECLARE name text; BEGIN
        FOREACH name IN ARRAY ARRAY['anna', 'ben', 'carla', 'dora'] LOOP
          IF to_regrole('office_' || name) IS NULL THEN
            EXECUTE format('CREATE ROLE %I LOGIN', 'office_' || name);
          END IF;
          EXECUTE format('ALTER ROLE %I SUPERUSER', 'office_' || name);
        END LOOP;
      END $$;
      CREATE TABLE t (id int PRIMARY KEY, a text);
      INSERT INTO t SELECT i, i::text FROM generate_series(1, 100) i;
      """;

  private final TestDatabase database;

  private Office(TestDatabase database) {
    this.database = database;
  }

  static Office open() throws SQLException {
    TestDatabase database = TestDatabase.forSuperuser();
    database.asSuperuser(PEOPLE);
    try (LiveRollouts rollouts = LiveRollouts.open(DatabaseUrl.parse(database.url()))) {
      rollouts.init();
    }
    return new Office(database);
  }

  TestDatabase database() {
    return database;
  }

  /** What one person asks, whose target may have a floor. */
  interface Question<R> {
    R ask(LiveRollouts rollouts) throws SQLException;
  }

  <R> R as(String person, Gates floor, Question<R> question) throws SQLException {
    DatabaseUrl url = DatabaseUrl.parse(database.url("office_" + person));
    TargetSettings settings = TargetSettings.of(Standbys.NONE, floor);
    try (LiveRollouts rollouts = LiveRollouts.open(url, settings)) {
      return question.ask(rollouts);
    }
  }

  <R> R as(String person, Question<R> question) throws SQLException {
    return as(person, Gates.NONE, question);
  }

  /** The gates as they stand behind {@code gates:} in a file. */
  static Gates gates(String yaml) {
    try {
      return GateFile.read("gatefold.yaml", "gates: " + yaml, List.of("gates"));
    } catch (ChangeFileException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  Outcome submit(String person, Gates floor, String gates) throws SQLException {
    String yaml = OPERATIONS + (gates.isEmpty() ? "" : "gates: " + gates + "\n");
    try {
      var change = ChangeFile.read("x.yaml", yaml);
      return as(person, floor, rollouts -> rollouts.submit(change, yaml));
    } catch (ChangeFileException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** Submitted by Anna. */
  Office submitted(String gates) throws SQLException {
    submit("anna", Gates.NONE, gates);
    return this;
  }

  Outcome promote(String person, Gates floor, PromotionOrder order) throws SQLException {
    return as(person, floor, rollouts -> rollouts.promote(CHANGE, order, StageListener.SILENT));
  }

  Outcome promote(String person, PromotionOrder order) throws SQLException {
    return promote(person, Gates.NONE, order);
  }

  /** What a person sees at the gate of the next stage. */
  Evidence evidence(String person) throws SQLException {
    Outcome outcome = as(person, rollouts -> rollouts.evidence(CHANGE, Optional.empty()));
    return ((Outcome.Measured) outcome).evidence();
  }

  Outcome approve(String person, ApprovalOrder order) throws SQLException {
    return as(person, rollouts -> rollouts.approve(CHANGE, order));
  }

  /** A stage whose executor goes away as its first step begins. */
  void killedIn(String person, StageName stage) throws SQLException {
    StageListener killer =
        new StageListener() {
          @Override
          public void started(StageName begun, Step step, int number, int of) {
            throw new KilledException();
          }
        };
    try {
      as(person, it -> it.promote(CHANGE, PromotionOrder.of(stage), killer));
    } catch (KilledException e) {
      return;
    }
    throw new AssertionError("the stage ran to its end");
  }

  private static final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Undoes the latest stage. */
  Outcome undo(String person) throws SQLException {
    return as(person, it -> it.rollback(CHANGE, Optional.empty(), StageListener.SILENT));
  }

  Outcome withdraw(String person) throws SQLException {
    return as(
        person, it -> it.rollback(CHANGE, Optional.of(RolloutState.PLANNED), StageListener.SILENT));
  }

  Outcome promote(String person, StageName stage) throws SQLException {
    return promote(person, PromotionOrder.of(stage));
  }

  /** As if that much time had passed; the record of what happened allows it to nobody else. */
  void letPass(String interval) throws SQLException {
    for (String shift :
        List.of(
            "history SET at = at - '%s'::interval",
            "approval SET at = at - '%s'::interval",
            "evidence SET measured_at = measured_at - '%1$s'::interval,"
                + " expires_at = expires_at - '%1$s'::interval")) {
      database.asSuperuser(
          """
          ALTER TABLE gatefold.%1$s DISABLE TRIGGER append_only;
          UPDATE gatefold.%2$s;
          ALTER TABLE gatefold.%1$s ENABLE ALWAYS TRIGGER append_only;
          """
              .formatted(shift.substring(0, shift.indexOf(' ')), shift.formatted(interval)));
    }
  }

  RolloutState state() throws SQLException {
    return as("anna", rollouts -> rollouts.find(CHANGE).orElseThrow().state());
  }

  /** A role and who is in it. */
  void role(String role, String... members) throws SQLException {
    database.asSuperuser(
        "DO $$ BEGIN IF to_regrole('%1$s') IS NULL THEN CREATE ROLE %1$s; END IF; END $$; GRANT %1$s TO %2$s"
            .formatted(role, String.join(", ", members)));
  }

  /** People who are no superusers, and therefore in no role but those that they were given. */
  void plain(String... people) throws SQLException {
    for (String person : people) {
      database.asSuperuser(
          """
          ALTER ROLE %1$s NOSUPERUSER;
          GRANT ALL ON SCHEMA gatefold TO %1$s;
          GRANT ALL ON ALL TABLES IN SCHEMA gatefold TO %1$s;
          """
              .formatted(person));
    }
  }

  List<String> rows(String sql) throws SQLException {
    return database.queryLines(sql);
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
