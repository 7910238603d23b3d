package dev.gatefold.backfill.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.testing.Scene;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.backfill.throttle.Rest;
import dev.gatefold.backfill.throttle.Throttle;
import dev.gatefold.backfill.verify.Verification.Paused;
import dev.gatefold.backfill.verify.Verification.Verified;
import dev.gatefold.planner.plan.SyncMode;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A pass holds still, rests and slows down for others. */
class RestraintTest {

  private static final Verified ALL = new Verified(3_000, 0, List.of());

  /** How long 1,000 rows take, by a clock that stands still while the server sleeps. */
  private static final Duration TOOK = Duration.ofMillis(100);

  /** Each range sleeps for a millisecond at least. */
  private static BatchFence slow(Scene scene) {
    return () -> {
      scene.time.pass(TOOK);
      return scene.fence.statement().then(BoundStatement.of("SELECT gatefold.nap()"));
    };
  }

  /** At a quarter of the time: three times the work, less what the naps were. */
  private static void assertRested(Scene scene) {
    Duration most = TOOK.multipliedBy(3).minusMillis(4);
    assertThat(scene.time.sleeps())
        .hasSize(2)
        .allSatisfy(it -> assertThat(it).isBetween(Duration.ofNanos(1), most));
  }

  private static Scene filled(String key) throws Exception {
    Scene scene =
        Scene.with(
            "CREATE TABLE item (id bigint %s, total text, total_n integer);".formatted(key)
                + "INSERT INTO item SELECT i, i::text, i FROM generate_series(1, 3000) AS i;");
    return scene;
  }

  private static Verification verify(Scene scene, BatchFence fence, Restraint restraint)
      throws Exception {
    try (Connection connection = scene.database.connect()) {
      return new Verifier(
              fence,
              PassStore.FORGETFUL,
              restraint,
              scene,
              scene.time.timing(),
              scene.database::connect)
          .run(
              connection,
              new VerificationJob(
                  scene.itemMapping(), SyncMode.STRICT, false, OptionalLong.empty()),
              Findings.NONE);
    }
  }

  private static Restraint under(Throttle throttle) {
    return new Restraint(throttle, OptionalLong::empty);
  }

  @Test
  void holdsStillUntilThePressureIsGone() throws Exception {
    try (Scene scene = filled("PRIMARY KEY")) {
      Throttle throttle =
          () -> scene.time.sleeps().size() < 25 ? Pressure.hold("a standby lags") : Pressure.NONE;
      assertThat(verify(scene, scene.fence, under(throttle))).isEqualTo(ALL);
      assertThat(scene.time.sleeps()).hasSize(25).containsOnly(Duration.ofMillis(100));
      assertThat(scene.waits).extracting(Waiting::reason).containsOnly("a standby lags");
    }
  }

  @Test
  void hearsAPauseWhileItHoldsStill() throws Exception {
    try (Scene scene = filled("PRIMARY KEY")) {
      scene.time.meanwhile(
          sleep -> {
            if (sleep == 5) {
              scene.fence.set("paused");
            }
          });
      assertThat(verify(scene, scene.fence, under(() -> Pressure.hold("busy"))))
          .isEqualTo(new Paused("by hand"));
      assertThat(scene.progress).isEmpty();
      assertThat(scene.time.sleeps().size()).isLessThan(20);
    }
  }

  @Test
  void restsInProportion() throws Exception {
    try (Scene scene = filled("PRIMARY KEY")) {
      assertThat(verify(scene, slow(scene), under(() -> Pressure.slow(0.25, "many sessions"))))
          .isEqualTo(ALL);
      // After the last nobody has to rest.
      assertRested(scene);
      assertThat(scene.waits).extracting(Waiting::reason).containsOnly("many sessions");
    }
  }

  @Test
  void howeverManySessionsAreBusyReadingGetsAQuarterOfTheTime() throws Exception {
    try (Scene scene = filled("PRIMARY KEY")) {
      assertThat(verify(scene, slow(scene), under(() -> Pressure.slow(0.02, "many sessions"))))
          .isEqualTo(ALL);
      assertRested(scene);
    }
  }

  @Test
  void aThrottleThatLetsGoEndsTheRest() throws Exception {
    try (Scene scene = filled("PRIMARY KEY")) {
      BatchFence slow =
          () -> {
            scene.time.pass(Duration.ofSeconds(30));
            return scene.fence.statement();
          };
      Throttle throttle =
          () -> scene.time.sleeps().size() < 3 ? Pressure.slow(0.25, "busy") : Pressure.NONE;
      assertThat(verify(scene, slow, under(throttle))).isEqualTo(ALL);
      // A minute and a half was owed.
      assertThat(scene.time.sleeps()).hasSize(3).containsOnly(Rest.SLICE);
    }
  }

  @Test
  void keepsToTheRowsPerSecond() throws Exception {
    try (Scene scene = filled("PRIMARY KEY")) {
      assertThat(
              verify(scene, scene.fence, new Restraint(Throttle.OPEN, () -> OptionalLong.of(500))))
          .isEqualTo(ALL);
      assertThat(scene.progress)
          .extracting(Progress::rowsDone)
          .containsExactly(500L, 1_000L, 1_500L, 2_000L, 2_500L, 3_000L);
      // Five rests of a second, each in two pieces.
      assertThat(scene.time.sleeps()).hasSize(10).containsOnly(Rest.SLICE);
    }
  }

  @Test
  void withASnapshotOpenItWaitsForNothing() throws Exception {
    try (Scene scene = filled("NOT NULL")) {
      Deque<Pressure> seen =
          new ArrayDeque<>(List.of(Pressure.hold("dead tuples"), Pressure.NONE, Pressure.NONE));
      Throttle throttle = () -> seen.isEmpty() ? Pressure.hold("dead tuples") : seen.remove();
      assertThat(verify(scene, scene.fence, under(throttle))).isEqualTo(ALL);
      assertThat(scene.time.sleeps()).hasSize(1);
    }
  }
}
