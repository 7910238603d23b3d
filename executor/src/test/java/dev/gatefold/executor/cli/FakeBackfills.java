package dev.gatefold.executor.cli;

import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.standalone.Backfills;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.PaceSetting;
import dev.gatefold.planner.change.StandaloneBackfill;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Answers what a test put in, and remembers what was asked. */
final class FakeBackfills implements Backfills {

  Outcome outcome = new Outcome.Done("it is done", "");
  List<Standing> standing = List.of();
  final Deque<Ran> ran = new ArrayDeque<>();
  int watches;

  private final List<String> asked;

  FakeBackfills(List<String> asked) {
    this.asked = asked;
  }

  @Override
  public Outcome run(StandaloneBackfill backfill, String file, ProgressListener listener) {
    asked.add("run " + backfill.name());
    return outcome;
  }

  @Override
  public Outcome schedule(StandaloneBackfill backfill, String file) {
    asked.add("schedule " + backfill.name());
    return outcome;
  }

  @Override
  public List<Standing> list() {
    asked.add("backfills");
    return standing;
  }

  @Override
  public Outcome cancel(ChangeName name) {
    asked.add("cancel " + name);
    return outcome;
  }

  @Override
  public Outcome pace(ChangeName name, Map<PaceSetting, String> values, boolean likeFile) {
    asked.add("pace " + name);
    return outcome;
  }

  @Override
  public Optional<Ran> work(Function<ChangeName, ProgressListener> listeners) {
    return Optional.ofNullable(ran.poll());
  }

  @Override
  public boolean help(Function<ChangeName, ProgressListener> listeners) {
    return false;
  }

  @Override
  public Watch watch() {
    watches++;
    return new Watch() {
      @Override
      public boolean watches() {
        return true;
      }

      @Override
      public void settle() {}

      @Override
      public void close() {
        watches--;
      }
    };
  }
}
