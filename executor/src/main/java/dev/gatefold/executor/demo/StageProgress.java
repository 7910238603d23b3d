package dev.gatefold.executor.demo;

import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;

/** Shows on a terminal what a stage is at. */
final class StageProgress implements StageListener {

  private final Narrator narrator;
  private final String word;

  StageProgress(Narrator narrator, String word) {
    this.narrator = narrator;
    this.word = word;
  }

  @Override
  public void started(StageName stage, Step step, int number, int of) {
    narrator.progress(word, "step %d of %d".formatted(number, of));
  }

  @Override
  public void progress(Step step, Progress progress) {
    narrator.progress(word, Figures.rows(progress.rowsDone()));
  }

  @Override
  public void waiting(Step step, String reason) {
    narrator.progress(word, "waits");
  }
}
