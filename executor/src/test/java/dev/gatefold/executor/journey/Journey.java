package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.TargetSettings;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.change.ChangeFileException;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** One change on a database of its own, driven as a user would drive it. */
public final class Journey implements AutoCloseable {

  private final TestDatabase database;
  private final LiveRollouts rollouts;

  private Journey(TestDatabase database, LiveRollouts rollouts) {
    this.database = database;
    this.rollouts = rollouts;
  }

  public static Journey on(String schema) throws SQLException {
    return on(TestDatabase.create(), schema);
  }

  /** On a database that is there already, with the standbys that a user named. */
  public static Journey on(TestDatabase database, Standbys standbys) throws SQLException {
    return on(database, TargetSettings.of(standbys));
  }

  private static Journey on(TestDatabase database, TargetSettings settings) throws SQLException {
    LiveRollouts rollouts = LiveRollouts.open(DatabaseUrl.parse(database.url()), settings);
    rollouts.init();
    return new Journey(database, rollouts);
  }

  /** The same, as a role that owns the tables but is no superuser and was granted nothing else. */
  public static Journey asOwner(String role, String schema) throws SQLException {
    return on(TestDatabase.ownedBy(role), schema);
  }

  /** The same, as a superuser whatever the role of this run. */
  public static Journey asSuperuser(String schema) throws SQLException {
    return on(TestDatabase.forSuperuser(), schema);
  }

  /** The same on a target of which more is known. */
  public static Journey asSuperuser(String schema, TargetSettings settings) throws SQLException {
    TestDatabase database = TestDatabase.forSuperuser();
    database.execute(schema);
    return on(database, settings);
  }

  static Journey on(TestDatabase database, String schema) throws SQLException {
    database.execute(schema);
    return on(database, Standbys.NONE);
  }

  public TestDatabase database() {
    return database;
  }

  public LiveRollouts rollouts() {
    return rollouts;
  }

  public void sql(String sql) throws SQLException {
    database.execute(sql);
  }

  public List<String> rows(String sql) throws SQLException {
    return database.queryLines(sql);
  }

  public Outcome submit(String yaml) throws SQLException {
    try {
      return rollouts.submit(ChangeFile.read("change.yaml", yaml), yaml);
    } catch (ChangeFileException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  public Journey submitted(String yaml) throws SQLException {
    assertThat(submit(yaml)).isInstanceOf(Outcome.Done.class);
    return this;
  }

  public Outcome promote(String change, StageName stage) throws SQLException {
    return rollouts.promote(new ChangeName(change), order(stage), StageListener.SILENT);
  }

  /** With a reason where the use of the old shape is asked about: hardly a server here shows it. */
  public static PromotionOrder order(StageName stage) {
    return PromotionOrder.answering(stage, "nobody reads it in a test");
  }

  /** A stage in the middle of which, as a step begins, something else happens. */
  Outcome promoteWith(String change, StageName stage, String step, Interference interference)
      throws SQLException {
    return rollouts.promote(
        new ChangeName(change), order(stage), new Interfering(step, interference));
  }

  /** Every stage up to and with the given one. */
  public Journey promoted(String change, StageName last) throws SQLException {
    for (StageName stage : StageName.values()) {
      if (stage.compareTo(last) <= 0) {
        assertThat(caughtUp(change, stage)).as("stage %s", stage).isInstanceOf(Outcome.Done.class);
      }
    }
    return this;
  }

  /** As somebody who asks again while nothing is missing but that a change feed catches up. */
  private Outcome caughtUp(String change, StageName stage) throws SQLException {
    Outcome outcome = promote(change, stage);
    while (outcome instanceof Outcome.Blocked blocked && isFeedAlone(blocked)) {
      outcome = promote(change, stage);
    }
    return outcome;
  }

  private static boolean isFeedAlone(Outcome.Blocked blocked) {
    return blocked.closedBy() == Verdict.WAITING
        && blocked.evidence().findings().stream()
            .filter(finding -> finding.verdict() == Verdict.WAITING)
            .allMatch(finding -> finding.check().startsWith("feed "));
  }

  public Outcome rollback(String change, Optional<RolloutState> to) throws SQLException {
    return rollouts.rollback(new ChangeName(change), to, StageListener.SILENT);
  }

  /** A rollback in the middle of which, as a step begins, something else happens. */
  Outcome rollbackWith(String change, RolloutState to, String step, Interference interference)
      throws SQLException {
    return rollouts.rollback(
        new ChangeName(change), Optional.of(to), new Interfering(step, interference));
  }

  public Rollout rollout(String change) throws SQLException {
    return rollouts.find(new ChangeName(change)).orElseThrow();
  }

  public List<String> catalog(String table) throws SQLException {
    return CatalogPicture.of(database, table);
  }

  /** The same, for comparing a table with its twin in another schema. */
  public List<String> pictureWithoutSchemas(String table) throws SQLException {
    return catalog(table).stream().map(line -> line.replaceAll("\\b(twin|public)\\.", "")).toList();
  }

  @Override
  public void close() throws SQLException {
    rollouts.close();
    database.close();
  }
}
