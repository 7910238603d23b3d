package dev.gatefold.executor.demo;

import dev.gatefold.executor.cli.text.Console.Style;
import dev.gatefold.executor.demo.Director.Take;
import dev.gatefold.executor.demo.traffic.Counts;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** All of it: the applications come, the changes go through, and every row is looked at. */
final class Story {

  private static final List<Chapter> CHAPTERS =
      List.of(new RenameChapter(), new RetypeChapter(), new RollbackChapter());

  private final Scene scene;
  private final Director director;

  Story(Scene scene) {
    this.scene = scene;
    this.director = new Director(scene);
  }

  /** Returns whether all went well. */
  Verdict tell() throws SQLException, IOException, InterruptedException {
    boolean told = chapters();
    long rows = told ? scene.traffic().audit(scene.connection(), Version.V3.shape()) : 0;
    Counts counts = scene.traffic().counts();
    Comparisons.Found found = director.comparisons().found();
    Verdict verdict = new Verdict(told, counts, rows, found.rows(), found.mismatches());
    verdict.print(scene.narrator());
    scene.traffic().problems().forEach(scene.narrator()::say);
    return verdict;
  }

  private boolean chapters() throws SQLException, IOException, InterruptedException {
    try {
      quiet();
      for (int i = 0; i < CHAPTERS.size(); i++) {
        scene.narrator().heading(i + 1 + ". " + CHAPTERS.get(i).title());
        CHAPTERS.get(i).tell(director);
      }
      return true;
    } catch (StoryFailure e) {
      scene.narrator().event("stopped", String.valueOf(e.getMessage()), "", Style.BAD);
      return false;
    }
  }

  /** What the applications meet while nothing is changed, to compare with. */
  private void quiet() throws SQLException, InterruptedException {
    director.deploy(Version.V1, "reads and writes orders all the time");
    Take take = director.begin();
    director.end(take, "nothing", "is changed yet: this is what the applications are used to", 0);
  }
}
