package dev.gatefold.executor.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.traffic.Crew;
import dev.gatefold.executor.waiting.ForgottenSession.Deed;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has a session in the way of each single step of DDL, which ends only once the command has named
 * it and others have passed by meanwhile. A command that waited without end would wait for ever.
 */
final class InTheWay implements StageListener {

  private final TestDatabase database;
  private final Deed deed;
  private final Crew passers;
  private final List<String> hindered = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();
  private Optional<ForgottenSession> session = Optional.empty();

  InTheWay(TestDatabase database, Deed deed, Crew passers) {
    this.database = database;
    this.deed = deed;
    this.passers = passers;
  }

  @Override
  public void started(StageName stage, Step step, int number, int of) {
    if (step instanceof Step.BriefDdl || step instanceof Step.OnlineDdl) {
      forget();
      if (waits(step)) {
        expected.add(step.id());
      }
    }
  }

  /** What PostgreSQL says about lock conflicts, beside what the product makes of it. */
  private boolean waits(Step step) {
    if (step instanceof Step.OnlineDdl online && isDone(online)) {
      return false;
    }
    boolean forWriters = step.lock().blocksWrites() || step.kind().endsWith("index");
    boolean forReaders = step.lock() == LockMode.ACCESS_EXCLUSIVE || step.kind().endsWith("index");
    return deed == Deed.WROTE ? forWriters : forReaders;
  }

  /** An index that went with its constraint, say: then there is nothing to wait for. */
  private boolean isDone(Step.OnlineDdl step) {
    try {
      return database.queryLines(step.done().sql()).contains("t");
    } catch (SQLException e) {
      throw new AssertionError("the postcondition was refused", e);
    }
  }

  @Override
  public void waiting(Step step, String reason) {
    if (session.isPresent()) {
      assertThat(reason).as(step.id()).contains(session.get().words());
      passers.workOn();
      hindered.add(step.id());
      remember();
    }
  }

  @Override
  public void done(Step step, Duration took) {
    remember();
  }

  private void forget() {
    try {
      session = Optional.of(ForgottenSession.after(deed, database));
    } catch (SQLException e) {
      throw new AssertionError("the session in the way was refused", e);
    }
  }

  private void remember() {
    try {
      if (session.isPresent()) {
        session.get().close();
      }
      session = Optional.empty();
    } catch (SQLException e) {
      throw new AssertionError("the session in the way failed", e);
    }
  }

  void assertAllWaited() {
    assertThat(hindered).isNotEmpty().containsExactlyElementsOf(expected);
  }
}
