package dev.gatefold.executor.cli.text;

import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.planner.change.ChangeName;

/** Shows how far a backfill of its own is, as a stage's rows are shown. */
public final class BackfillLines implements ProgressListener {

  private final ProgressLines lines;
  private final ChangeName name;

  public BackfillLines(Console console, Ticker ticker, ChangeName name) {
    this.lines = new ProgressLines(console, ticker);
    this.name = name;
  }

  @Override
  public void progress(Progress progress) {
    lines.progress(name.value(), progress);
  }

  @Override
  public void waiting(Waiting waiting) {
    lines.waiting(name.value(), waiting.reason());
  }
}
