package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.Retries;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Repairs the rows of ranges, batch by batch, as carefully as a backfill. Not thread-safe. */
final class RangeRepair implements MendResult.Cases<Optional<Verification>> {

  private final Mender mender;
  private final RangePace pace;
  private final Retries retries;
  private final Map<Key, String> failed = new HashMap<>();
  private Optional<KeyRange> rest = Optional.empty();
  private int size;

  RangeRepair(Mender mender, RangePace pace, Timing timing, ProgressListener listener) {
    this.mender = mender;
    this.pace = pace;
    this.retries = new Retries(timing, listener::waiting);
  }

  /** Repairs what can be; empty where the pass may go on. */
  Optional<Verification> run(KeyRange range) throws SQLException, InterruptedException {
    failed.clear();
    rest = Optional.of(range);
    Optional<Verification> end = Optional.empty();
    while (end.isEmpty() && rest.isPresent()) {
      end = pace.restrained(mender::owner);
      if (end.isEmpty()) {
        size = pace.begin();
        end = mender.mend(rest.get(), size).match(this);
      }
    }
    return end;
  }

  /** The same tally, with the server's words for those rows that it would not let be repaired. */
  Tally explained(Tally tally) {
    return new Tally(
        tally.rows(),
        tally.mismatches(),
        tally.wrong().stream()
            .map(row -> new BadRow(row.key(), failed.getOrDefault(row.key(), row.reason())))
            .toList());
  }

  @Override
  public Optional<Verification> mended(MendResult.Mended result) {
    result.failed().ifPresent(row -> failed.put(row.key(), row.reason()));
    retries.succeeded();
    Key end = rest.orElseThrow().end();
    rest =
        result.range().end().equals(end)
            ? Optional.empty()
            : Optional.of(new KeyRange(Optional.of(result.range().end()), end));
    pace.passed(result.rows(), Duration.ZERO);
    return Optional.empty();
  }

  @Override
  public Optional<Verification> split(MendResult.Split result) {
    pace.shrink((int) Math.max(1, result.rows() / 2));
    return Optional.empty();
  }

  @Override
  public Optional<Verification> hindered(MendResult.Hindered result) throws InterruptedException {
    pace.shrink(retries.hindered(size, result.error()));
    return Optional.empty();
  }

  @Override
  public Optional<Verification> ended(MendResult.Ended result) {
    return Optional.of(result.outcome());
  }
}
