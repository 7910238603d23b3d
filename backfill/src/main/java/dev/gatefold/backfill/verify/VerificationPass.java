package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.pace.Breath;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.ProgressMeter;
import dev.gatefold.backfill.progress.Retries;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.verify.PassStore.Numbered;
import dev.gatefold.backfill.verify.PassStore.Point;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** One pass of a verification: what follows upon each range. Not thread-safe. */
final class VerificationPass implements RangeResult.Cases<Optional<Verification>> {

  private final VerificationJob job;
  private final RangeReader reader;
  private final RangePace pace;
  private final Optional<RangeRepair> repair;
  private final Findings findings;
  private final ProgressListener listener;
  private final Timing timing;
  private final Retries retries;
  private final Deque<Numbered> again = new ArrayDeque<>();
  private ProgressMeter meter;
  private Optional<KeyRange> rest = Optional.empty();
  private Optional<Numbered> repaired = Optional.empty();
  private Tally tally = Tally.NONE;
  private int size = RangeSizer.START;

  VerificationPass(
      VerificationJob job,
      RangeReader reader,
      RangePace pace,
      Optional<RangeRepair> repair,
      Findings findings,
      ProgressListener listener,
      Timing timing) {
    this.job = job;
    this.reader = reader;
    this.pace = pace;
    this.repair = repair;
    this.findings = findings;
    this.listener = listener;
    this.timing = timing;
    this.meter = meter(0);
    this.retries = new Retries(timing, listener::waiting);
  }

  private ProgressMeter meter(long rows) {
    return new ProgressMeter(timing.ticker(), job.rowsEstimate(), rows);
  }

  Verification run() throws SQLException, InterruptedException {
    Optional<Verification> end = Optional.empty();
    while (end.isEmpty()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("verifying " + job.rows().table() + " is interrupted");
      }
      end = restrained();
      if (end.isEmpty()) {
        end = next().match(this);
      }
    }
    return end.get();
  }

  /** Holds still as long as others need it. */
  private Optional<Verification> restrained() throws SQLException, InterruptedException {
    // With a snapshot open vacuum waits for the pass: to wait for vacuum would be for ever.
    if (rest.isPresent() && !reader.mayRest()) {
      return Optional.empty();
    }
    return pace.restrained(reader::owner);
  }

  private RangeResult next() throws SQLException, InterruptedException {
    size = pace.begin();
    if (rest.isEmpty()) {
      return reader.open();
    }
    if (!again.isEmpty()) {
      return reader.compareAgain(again.peek());
    }
    // With a snapshot open vacuum waits for the pass: it hurries.
    return reader.compare(rest.get(), size, reader.mayRest() ? pace.breath() : Breath.HELD);
  }

  @Override
  public Optional<Verification> opened(RangeResult.Opened result) {
    Point point = result.point();
    rest = Optional.of(point.rest());
    again.addAll(point.differing());
    tally = Tally.right(point.rows());
    meter = meter(point.rows());
    retries.succeeded();
    return end();
  }

  @Override
  public Optional<Verification> compared(RangeResult.Compared result)
      throws SQLException, InterruptedException {
    Numbered range = result.range();
    rest = Optional.of(new KeyRange(Optional.of(range.range().end()), rest.orElseThrow().end()));
    if (repair.isPresent() && result.tally().mismatches() > 0) {
      again.addFirst(range);
      return repaired(repair.get(), range);
    }
    if (reader.looksTwice() && result.tally().mismatches() > 0) {
      again.addFirst(range);
      retries.succeeded();
      return Optional.empty();
    }
    return settled(result.tally(), result.slept());
  }

  @Override
  public Optional<Verification> comparedAgain(RangeResult.ComparedAgain result)
      throws SQLException, InterruptedException {
    Numbered range = result.range();
    boolean tried = repaired.equals(Optional.of(range));
    if (repair.isPresent() && result.tally().mismatches() > 0 && !tried) {
      return repaired(repair.get(), range);
    }
    again.remove(range);
    return settled(
        repair.filter(it -> tried).map(it -> it.explained(result.tally())).orElse(result.tally()),
        Duration.ZERO);
  }

  /** Repairs the rows of a range, which is then compared once more. */
  private Optional<Verification> repaired(RangeRepair by, Numbered range)
      throws SQLException, InterruptedException {
    repaired = Optional.of(range);
    retries.succeeded();
    return by.run(range.range());
  }

  private Optional<Verification> settled(Tally range, Duration slept) {
    tally = tally.plus(range).listed();
    retries.succeeded();
    if (!range.wrong().isEmpty()) {
      findings.differ(range.wrong());
    }
    listener.progress(meter.passed(range.rows()));
    Optional<Verification> end = end();
    if (end.isEmpty() && reader.mayRest()) {
      pace.passed(range.rows(), slept);
    }
    return end;
  }

  private Optional<Verification> end() {
    boolean over =
        again.isEmpty() && rest.filter(it -> it.after().equals(Optional.of(it.end()))).isPresent();
    return over
        ? Optional.of(new Verification.Verified(tally.rows(), tally.mismatches(), tally.wrong()))
        : Optional.empty();
  }

  @Override
  public Optional<Verification> hindered(RangeResult.Hindered result) throws InterruptedException {
    pace.shrink(retries.hindered(size, result.error()));
    if (result.startOver()) {
      rest = Optional.empty();
      tally = Tally.NONE;
      findings.anew();
      meter = meter(0);
    }
    return Optional.empty();
  }

  @Override
  public Optional<Verification> ended(RangeResult.Ended result) {
    return Optional.of(result.outcome());
  }
}
