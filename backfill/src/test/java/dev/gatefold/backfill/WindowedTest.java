package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.testing.Scene;
import dev.gatefold.backfill.window.WindowThrottle;
import dev.gatefold.planner.change.Window;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A window that closes while a backfill runs, by a clock that the test sets. */
class WindowedTest {

  private static final Instant BEFORE_IT_CLOSES = Instant.parse("2026-11-21T04:59:00Z");
  private static final Window NIGHT = new Window("01:00-05:00 UTC");

  private final List<Instant> ended = new ArrayList<>();
  private Scene scene;
  private boolean closing;

  @BeforeEach
  void start() throws Exception {
    scene = Scene.items(40);
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  private Instant now() {
    return BEFORE_IT_CLOSES.plusNanos(scene.time.nanos());
  }

  private BackfillOutcome run(BatchFence fence) throws Exception {
    InstantSource clock = this::now;
    BackfillJob job = Scene.job(scene.itemMapping());
    Conditions conditions =
        new Conditions(new WindowThrottle(() -> Optional.of(NIGHT), clock), job::settings);
    try (Connection connection = scene.database.connect()) {
      return new Backfill(
              new Desk(Scene.ledger(job), fence), conditions, scene, scene.time.timing())
          .run(connection, scene.database::connect, job);
    }
  }

  @Test
  void aBatchThatHasBegunEndsAndNoneBeginsUntilItOpens() throws Exception {
    List<String> rowsWhileClosed = new ArrayList<>();
    scene.afterBatch(
        batch -> {
          ended.add(now());
          closing = batch == 1;
        });
    scene.time.meanwhile(
        sleep -> {
          if (NIGHT.opens(now()).isPresent()) {
            rowsWhileClosed.add(scene.value("SELECT count(total_n) FROM item"));
            scene.time.pass(Duration.ofHours(5));
          }
        });
    BackfillOutcome outcome =
        run(
            () -> {
              // Asked in the midst of a batch.
              if (closing) {
                closing = false;
                scene.time.pass(Duration.ofMinutes(2));
              }
              return scene.fence.statement();
            });

    assertThat(outcome).isEqualTo(new BackfillOutcome.Finished(40));
    assertThat(ended).hasSize(4);
    assertThat(ended.get(1)).isBetween(at("2026-11-21T05:01:00Z"), at("2026-11-21T05:02:00Z"));
    assertThat(rowsWhileClosed).isNotEmpty().allMatch("20"::equals);
    assertThat(ended.subList(2, 4)).allMatch(it -> !it.isBefore(at("2026-11-22T01:00:00Z")));
    assertThat(scene.waits)
        .first()
        .extracting(Waiting::reason)
        .asString()
        .startsWith("the window 01:00-05:00 UTC opens in 19 h 5");
  }

  @Test
  void oneThatClosesBetweenTwoBatchesLetsNoneBegin() throws Exception {
    // Ten rows a second: the window closes while it rests for the speed's sake.
    scene.time.pass(Duration.ofMillis(59_500));
    scene.afterBatch(batch -> ended.add(now()));
    scene.time.meanwhile(
        sleep -> {
          if (NIGHT.opens(now()).isPresent()) {
            scene.time.pass(Duration.ofHours(5));
          }
        });
    assertThat(run(scene.fence)).isEqualTo(new BackfillOutcome.Finished(40));
    assertThat(ended).hasSize(4).allMatch(it -> NIGHT.closes(it).isPresent());
  }

  private static Instant at(String instant) {
    return Instant.parse(instant);
  }
}
