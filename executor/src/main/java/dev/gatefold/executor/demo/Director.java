package dev.gatefold.executor.demo;

import dev.gatefold.backfill.pace.Sleeper;
import dev.gatefold.backfill.pace.ThreadSleeper;
import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.cli.text.Console.Style;
import dev.gatefold.executor.demo.traffic.Counts;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.change.ChangeFileException;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Lets things happen, as a team would with the command line, and tells each with its figures. */
final class Director {

  private final Scene scene;
  private final Comparisons comparisons;
  private final Sleeper sleeper = new ThreadSleeper();

  Director(Scene scene) {
    this.scene = scene;
    this.comparisons = new Comparisons(scene.connection());
  }

  Scene scene() {
    return scene;
  }

  Comparisons comparisons() {
    return comparisons;
  }

  /** When something began. */
  record Take(long nanos) {}

  Take begin() {
    scene.traffic().beginPhase();
    return new Take(System.nanoTime());
  }

  /**
   * Watches the applications for a moment longer, then tells what happened.
   *
   * @param rows how many it moved or compared; 0 if it was not about rows
   */
  void end(Take take, String word, String words, long rows)
      throws SQLException, InterruptedException {
    Duration took = Duration.ofNanos(System.nanoTime() - take.nanos());
    sleeper.sleep(scene.settings().watch());
    comparisons.look();
    Counts counts = scene.traffic().inPhase();
    String figures =
        Figures.seconds(took)
            + (rows == 0 ? "" : ", " + Figures.rows(rows))
            + "; applications: "
            + Figures.of(counts);
    scene.narrator().event(word, words, figures, counts.clean() ? Style.GOOD : Style.BAD);
  }

  void submit(String yaml) throws StoryFailure, SQLException {
    scene.narrator().file(yaml);
    try {
      done(scene.rollouts().submit(ChangeFile.read("demo.yaml", yaml), yaml));
    } catch (ChangeFileException e) {
      throw new StoryFailure(String.valueOf(e.getMessage()));
    }
  }

  void promote(ChangeName change, StageName stage)
      throws StoryFailure, SQLException, InterruptedException {
    Take take = begin();
    StageProgress progress = new StageProgress(scene.narrator(), stage.word());
    // Nobody else is here, and the demo knows its own clients.
    PromotionOrder order =
        PromotionOrder.answering(stage, "every client of the old version is stopped");
    done(scene.rollouts().promote(change, order, progress));
    long rows = stage == StageName.EXPAND ? 0 : find(change).progress().done();
    end(take, stage.word(), StageWords.of(stage), rows);
  }

  void rollback(ChangeName change, RolloutState to, String words)
      throws StoryFailure, SQLException, InterruptedException {
    Take take = begin();
    StageProgress progress = new StageProgress(scene.narrator(), "rollback");
    done(scene.rollouts().rollback(change, Optional.of(to), progress));
    end(take, "rollback", words, 0);
  }

  void deploy(Version version, String words) {
    scene.traffic().start(version.name(), version.shape(), scene.settings().connections());
    scene.narrator().event("deploy", version.name() + ", " + words, "", Style.ATTENTION);
  }

  void withdraw(Version version, String words) throws InterruptedException {
    // Both at work for a moment, on the same orders.
    sleeper.sleep(scene.settings().watch());
    scene.traffic().stop(version.name());
    scene.narrator().event("withdraw", version.name() + ", which " + words, "", Style.ATTENTION);
  }

  Rollout find(ChangeName change) throws StoryFailure, SQLException {
    return scene
        .rollouts()
        .find(change)
        .orElseThrow(() -> new StoryFailure("the change " + change + " is gone"));
  }

  private static void done(Outcome outcome) throws StoryFailure {
    if (!(outcome instanceof Outcome.Done)) {
      throw new StoryFailure("a step did not end as it should: " + outcome);
    }
  }
}
