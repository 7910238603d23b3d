package dev.gatefold.executor.standalone;

import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Passes progress on to whoever watches, and at most once a second to the store. */
final class RunListener implements ProgressListener {

  private static final long STORED_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final Connection connection;
  private final long run;
  private final ProgressListener watcher;
  private final Ticker ticker;
  private Optional<Long> storedAt = Optional.empty();

  RunListener(Connection connection, long run, ProgressListener watcher, Ticker ticker) {
    this.connection = connection;
    this.run = run;
    this.watcher = watcher;
    this.ticker = ticker;
  }

  @Override
  public void progress(Progress progress) {
    watcher.progress(progress);
    long now = ticker.nanos();
    if (storedAt.isEmpty() || now - storedAt.get() >= STORED_EVERY_NANOS) {
      storedAt = Optional.of(now);
      store(progress);
    }
  }

  @Override
  public void waiting(Waiting waiting) {
    watcher.waiting(waiting);
  }

  private void store(Progress progress) {
    try {
      new RunStore()
          .count(
              connection,
              run,
              progress.rowsTotalEstimate().orElse(progress.rowsDone()),
              progress.rowsDone());
    } catch (SQLException e) {
      // The next batch meets the same trouble and says so with its rows rolled back.
      System.getLogger(RunListener.class.getName())
          .log(System.Logger.Level.DEBUG, "the progress could not be stored", e);
    }
  }
}
