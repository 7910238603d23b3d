package dev.gatefold.executor.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.pace.ThreadSleeper;
import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.database.Database;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.standalone.Backfills.Watch;
import dev.gatefold.executor.standalone.Run.State;
import dev.gatefold.executor.work.Worker;
import dev.gatefold.planner.change.ChangeName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that begin by themselves, by a clock that the test sets. */
class TimetableTest {

  private static final String DAILY =
      """
      backfill: x
      table: item
      set: {country: "coalesce(country, 'DE')"}
      schedule: "0 2 * * * Europe/Berlin"
      """;

  private Fills fills;
  private Instant now = Instant.EPOCH;
  private Instant due = Instant.EPOCH;

  @BeforeEach
  void start() throws Exception {
    fills = Fills.items(10);
  }

  @AfterEach
  void end() throws Exception {
    fills.close();
  }

  private void scheduled(String file) throws Exception {
    assertThat(fills.schedule(file)).isInstanceOf(Outcome.Done.class);
    due = fills.standing().backfill().next().orElseThrow();
    now = due;
  }

  /** Somebody watches the timetable, at this instant. */
  private void watched() throws Exception {
    try (Watch watch = watch()) {
      watch.settle();
    }
  }

  private Watch watch() throws Exception {
    return TimetableWatch.start(
        new Database(DatabaseUrl.parse(fills.journey().database().url())),
        () -> now,
        new ThreadSleeper());
  }

  private Instant next() throws Exception {
    return fills.standing().backfill().next().orElseThrow();
  }

  private void done() throws Exception {
    assertThat(fills.work().orElseThrow().outcome()).containsInstanceOf(Outcome.Done.class);
  }

  @Test
  void aRunBeginsAtItsMomentAndTheNextOneOnTheNextDay() throws Exception {
    scheduled(DAILY);
    now = due.minusMillis(1);
    watched();
    assertThat(fills.states()).isEmpty();
    assertThat(fills.work()).isEmpty();
    assertThat(fills.standing().word()).isEqualTo("scheduled");

    now = due;
    watched();
    watched();
    assertThat(fills.states()).containsExactly("waiting");
    assertThat(fills.standing().last().orElseThrow().dueAt()).contains(due);
    // A day is a day, but for the two nights in which the clocks are changed.
    assertThat(Duration.between(due, next())).isBetween(Duration.ofHours(23), Duration.ofHours(25));

    done();
    assertThat(fills.rows("SELECT count(country) FROM item")).containsExactly("10");
    assertThat(fills.states()).containsExactly("done");
    now = next();
    watched();
    done();
    assertThat(fills.states()).containsExactly("done", "done");
  }

  @Test
  void theSameFileAgainIsNothingAndAnotherOneReplacesIt() throws Exception {
    scheduled(DAILY);
    Instant first = due;
    assertThat(fills.schedule(DAILY))
        .isInstanceOfSatisfying(
            Outcome.Done.class, it -> assertThat(it.message()).contains("was scheduled before"));
    scheduled(DAILY.replace("0 2", "0 3"));
    assertThat(due).isNotEqualTo(first);
    scheduled(DAILY.replace("0 2", "0 3").replace("'DE'", "'FR'"));
    watched();
    done();
    assertThat(fills.rows("SELECT DISTINCT country FROM item")).containsExactly("FR");
    assertThat(fills.backfills().list()).hasSize(1);
  }

  @Test
  void aRunThatMeetsItsPredecessorIsSkipped() throws Exception {
    scheduled(DAILY);
    watched();
    begun();
    now = next();
    watched();
    assertThat(fills.states()).containsExactly("running", "skipped");
    assertThat(fills.rows("SELECT outcome FROM gatefold.standalone_run WHERE state = 'skipped'"))
        .containsExactly("the run before was still under way");
    // What is told is the run that is under way, not the one that never was.
    assertThat(fills.standing().word()).isEqualTo("running");
    done();
    assertThat(fills.work()).isEmpty();
  }

  @Test
  void orItWaitsForItAndOfTwoOneDoes() throws Exception {
    scheduled(DAILY + "when_running: wait\n");
    watched();
    begun();
    now = next();
    watched();
    now = next();
    watched();
    assertThat(fills.states()).containsExactly("running", "waiting", "skipped");
    done();
    done();
    assertThat(fills.work()).isEmpty();
    assertThat(fills.states()).containsExactly("done", "done", "skipped");
  }

  /** As one whose worker was killed: nobody works on it. */
  private void begun() throws Exception {
    fills.sql("UPDATE gatefold.standalone_run SET state = 'running' WHERE state = 'waiting'");
  }

  @Test
  void oneRunMakesUpForAllThatWereMissed() throws Exception {
    scheduled(DAILY);
    now = due.plus(Duration.ofDays(3)).plus(Duration.ofHours(5));
    watched();
    assertThat(fills.states()).containsExactly("waiting");
    assertThat(next()).isAfter(now);
    done();
  }

  @Test
  void orTheyAreLeftOutAndTheNextBeginsAtItsTime() throws Exception {
    scheduled(DAILY + "when_missed: skip\n");
    now = due.plus(DueRuns.UNNOTICED).plusSeconds(1);
    watched();
    assertThat(fills.states()).containsExactly("skipped");
    assertThat(fills.standing().last().orElseThrow().outcome().orElseThrow()).contains("missed");
    assertThat(fills.work()).isEmpty();
    // A restart of the workers is no reason to miss one.
    now = next().plus(DueRuns.UNNOTICED);
    watched();
    done();
    assertThat(fills.states()).containsExactly("skipped", "done");
  }

  @Test
  void cancelledNothingBeginsAnyMore() throws Exception {
    scheduled(DAILY);
    watched();
    assertThat(fills.backfills().cancel(new ChangeName("x"))).isInstanceOf(Outcome.Done.class);
    assertThat(fills.states()).containsExactly("cancelled");
    assertThat(fills.standing().backfill().next()).isEmpty();
    now = due.plus(Duration.ofDays(2));
    watched();
    assertThat(fills.work()).isEmpty();
    assertThat(fills.states()).containsExactly("cancelled");
    assertThat(fills.rows("SELECT count(*) FROM gatefold.scheduled_task")).containsExactly("0");
    scheduled(DAILY);
  }

  @Test
  void aRunWhoseWorkerIsGoneIsEndedByTheCancellation() throws Exception {
    scheduled(DAILY);
    watched();
    begun();
    assertThat(fills.backfills().cancel(new ChangeName("x"))).isInstanceOf(Outcome.Done.class);
    assertThat(fills.states()).containsExactly("cancelled");
  }

  @Test
  void ofManyWatchersOneNoticesTheMoment() throws Exception {
    scheduled(DAILY);
    try (Watch one = watch();
        Watch two = watch();
        Watch three = watch()) {
      for (Watch watch : List.of(one, two, three)) {
        watch.settle();
      }
    }
    assertThat(fills.states()).containsExactly("waiting");
  }

  @Test
  void aWorkerNoticesTheMomentAndRunsIt() throws Exception {
    scheduled(DAILY);
    fills.sql("UPDATE gatefold.scheduled_task SET execution_time = now()");
    Watching watching = new Watching(progress -> {});
    new Worker(
            () -> LiveRollouts.open(DatabaseUrl.parse(fills.journey().database().url())),
            List.of(),
            new ThreadSleeper(),
            watching)
        .once();
    assertThat(watching.losses()).isEmpty();
    assertThat(watching.outcomes()).singleElement().isInstanceOf(Outcome.Done.class);
    assertThat(fills.states()).containsExactly("done");
  }

  @Test
  void aRunIsNotTakenWhileItsWindowIsClosed() throws Exception {
    Instant server = Instant.now();
    LocalTime hour = LocalTime.ofInstant(server, ZoneOffset.UTC).truncatedTo(ChronoUnit.HOURS);
    String once = "{backfill: x, table: item, set: {country: \"'DE'\"}, window: %s-%s UTC}";
    String closed = once.formatted(hour.plusHours(10), hour.plusHours(12));
    assertThat(fills.schedule(closed)).isInstanceOf(Outcome.Done.class);
    assertThat(fills.work()).isEmpty();
    assertThat(fills.states()).containsExactly("waiting");
    // Another window, for the run that waits.
    assertThat(fills.schedule(once.formatted(hour.minusHours(1), hour.plusHours(2))))
        .isInstanceOf(Outcome.Done.class);
    done();
  }

  @Test
  void withoutAScheduleItRunsOnceForAnyWorker() throws Exception {
    String once = "{backfill: x, table: item, set: {country: \"'DE'\"}}";
    assertThat(fills.schedule(once)).isInstanceOf(Outcome.Done.class);
    assertThat(fills.schedule(once)).isInstanceOf(Outcome.Done.class);
    assertThat(fills.states()).containsExactly("waiting");
    // What waits for workers is not for the foreground.
    assertThat(fills.run(once)).isInstanceOf(Outcome.Waits.class);
    done();
    assertThat(fills.schedule(once))
        .isInstanceOfSatisfying(
            Outcome.Done.class, it -> assertThat(it.message()).contains("its run is done"));
    assertThat(fills.work()).isEmpty();
    assertThat(fills.standing().word()).isEqualTo("done");
  }

  @Test
  void whatNoLongerFitsTheTableFailsAndTheNextRunIsPlannedAnew() throws Exception {
    scheduled(DAILY);
    fills.sql("ALTER TABLE item RENAME country TO land");
    watched();
    assertThat(fills.work().orElseThrow().outcome()).containsInstanceOf(Outcome.Refused.class);
    assertThat(fills.standing().last().orElseThrow().state()).isEqualTo(State.FAILED);
    assertThat(fills.standing().last().orElseThrow().outcome().orElseThrow())
        .contains("no such column");
    fills.sql("ALTER TABLE item RENAME land TO country");
    now = next();
    watched();
    done();
  }
}
