package dev.gatefold.executor.cli.text;

import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Shows how a stage goes. A pipe gets a line for each step and now and then one about rows; on a
 * terminal the last line is a bar that is drawn again. Not thread-safe.
 */
public final class ProgressLines implements StageListener {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);
  private static final Duration BETWEEN_WHOLE = Duration.ofSeconds(10);
  private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(100);

  private final Console console;
  private final Ticker ticker;
  private String position = "";
  private long lastShown;
  private Optional<Long> wholeShown = Optional.empty();

  public ProgressLines(Console console, Ticker ticker) {
    this.console = console;
    this.ticker = ticker;
  }

  @Override
  public void started(StageName stage, Step step, int number, int of) {
    position = "%s %d/%d".formatted(stage.word(), number, of);
    lastShown = ticker.nanos();
    console.redraw(head(step) + " ...");
  }

  @Override
  public void progress(Step step, Progress progress) {
    progress(position, progress);
  }

  void progress(String position, Progress progress) {
    if (due()) {
      if (console.terminal()) {
        drawn(ProgressBar.draw(position, progress));
      } else {
        console.line(position + "  " + Wording.progress(progress));
      }
    }
  }

  @Override
  public void waiting(Step step, String reason) {
    waiting(position, reason);
  }

  void waiting(String position, String reason) {
    if (due()) {
      String text = position + "  waiting: " + reason.replaceAll("\\s*\\R\\s*", "; ");
      if (console.terminal()) {
        drawn(text);
      } else {
        console.line(text);
      }
    }
  }

  private void drawn(String text) {
    if (ProgressBar.fits(text) || !dueWhole()) {
      console.redraw(ProgressBar.cut(text));
    } else {
      console.line(text);
    }
  }

  @Override
  public void done(Step step, Duration took) {
    console.line(
        "%s: %s in %s"
            .formatted(
                head(step), console.styled(Console.Style.GOOD, "done"), Wording.duration(took)));
    lastShown = ticker.nanos();
  }

  private boolean due() {
    Duration pause = console.terminal() ? BETWEEN_DRAWINGS : BETWEEN_LINES;
    long now = ticker.nanos();
    if (now - lastShown < pause.toNanos()) {
      return false;
    }
    lastShown = now;
    return true;
  }

  /**
   * What does not fit the drawn line, such as the age of a session in the way, is worth its own.
   */
  private boolean dueWhole() {
    long now = ticker.nanos();
    if (wholeShown.isPresent() && now - wholeShown.get() < BETWEEN_WHOLE.toNanos()) {
      return false;
    }
    wholeShown = Optional.of(now);
    return true;
  }

  private String head(Step step) {
    String tables =
        step.tables().stream().map(TableName::toString).collect(Collectors.joining(", "));
    return position + "  " + step.kind() + (tables.isEmpty() ? "" : " on " + tables);
  }
}
