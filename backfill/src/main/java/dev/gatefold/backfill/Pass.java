package dev.gatefold.backfill;

import dev.gatefold.backfill.BackfillOutcome.Finished;
import dev.gatefold.backfill.BackfillOutcome.Stopped;
import dev.gatefold.backfill.BackfillOutcome.Unconvertible;
import dev.gatefold.backfill.lease.Claim;
import dev.gatefold.backfill.lease.LeasedRange;
import dev.gatefold.backfill.lease.Part;
import dev.gatefold.backfill.pace.BatchSizer;
import dev.gatefold.backfill.pace.Breath;
import dev.gatefold.backfill.pace.Naps;
import dev.gatefold.backfill.pace.Pace;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.Retries;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.range.Density;
import dev.gatefold.backfill.range.Detour.Leg;
import dev.gatefold.backfill.session.Failure;
import dev.gatefold.backfill.session.Transactions;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.backfill.throttle.Rest;
import dev.gatefold.planner.change.BackfillSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One worker's spell: what follows upon each result of a batch. Not thread-safe. */
final class Pass implements BatchResult.Cases<Boolean> {

  /** So often in a row a batch of one row may fail while the row itself does not. */
  private static final int UNEXPLAINED = 5;

  /**
   * So often in a row a part may turn out to be another one: what is missing is then no partition
   * that went, but something that all need.
   */
  private static final int MOST_MOVES = 10;

  /** How long it takes to notice that others are done, or that a throttle has let go. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final BackfillJob job;
  private final Batch batch;
  private final Transactions transactions;
  private final Conditions conditions;
  private final Role role;
  private final Timing timing;
  private final Rest rest;
  private final Retries retries;
  private final Optional<RowKeeper> keeper;
  private final Bypass bypass = new Bypass();
  private final Map<Long, Density> densities = new HashMap<>();
  private BackfillSettings settings;
  private Pressure pressure = Pressure.NONE;
  private Breath breath = Breath.HELD;
  private Naps naps = Naps.USUAL;
  private BatchSizer sizer;
  private boolean open;
  private boolean lookedTwice;
  private boolean hindered;
  private Optional<LeasedRange> at = Optional.empty();
  private Optional<PartRows> part = Optional.empty();
  private Optional<BackfillOutcome> end = Optional.empty();
  private int workers = 1;
  private long heard;
  private int unexplained;
  private int moves;

  Pass(
      BackfillJob job,
      Batch batch,
      Transactions transactions,
      Conditions conditions,
      Optional<RowKeeper> keeper,
      Role role,
      Timing timing) {
    this.keeper = keeper;
    this.job = job;
    this.batch = batch;
    this.transactions = transactions;
    this.conditions = conditions;
    this.role = role;
    this.timing = timing;
    this.rest = new Rest(timing.ticker());
    this.heard = timing.ticker().nanos();
    this.retries = new Retries(timing, role::waiting);
    this.settings = conditions.settings().get();
    this.sizer = BatchSizer.start(settings.targetBatchTime());
  }

  /** Works until the backfill is over, or nothing is left that this worker could do. */
  Optional<BackfillOutcome> run() throws SQLException, InterruptedException {
    boolean goesOn = true;
    while (goesOn) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the backfill of " + job.rows().table() + " is interrupted");
      }
      Optional<BackfillOutcome> over = role.endOfOthers();
      if (over.isPresent()) {
        return over;
      }
      if (role.leaves()) {
        return Optional.empty();
      }
      look();
      Duration pause = pause();
      goesOn = pause.isZero() ? heard(next()) : waited(pause);
    }
    return end;
  }

  private void look() {
    pressure = conditions.throttle().now();
    breath = Breath.writing(pressure.share());
    BackfillSettings now = conditions.settings().get();
    if (!now.targetBatchTime().equals(settings.targetBatchTime())) {
      sizer = sizer.aimedAt(now.targetBatchTime());
    }
    settings = now;
  }

  /** How long to wait before one looks again: what is true then decides about the batch. */
  private Duration pause() {
    if (pressure.holds()) {
      return LOOK_AGAIN;
    }
    // Who has no rows, and maybe gets none any more, has nothing to rest for.
    return Rest.slice(at.isPresent() ? rest.left(pressure, perSecond()) : rest.ofBackOff());
  }

  /** Asks for a pause or a new owner meanwhile, which would have to wait for a batch otherwise. */
  private boolean waited(Duration pause) throws SQLException, InterruptedException {
    if (timing.ticker().nanos() - heard >= Rest.BETWEEN_QUESTIONS.toNanos()) {
      return heard(batch.ask(at)) && told();
    }
    if (pressure.holds()) {
      role.waiting(new Waiting(0, 0, pause, String.join("; ", pressure.reasons())));
    }
    timing.sleeper().sleep(pause);
    return true;
  }

  /** Who rests for minutes is still there, and slow for a reason. */
  private boolean told() {
    if (at.isPresent() && pressure.share() < 1 && !pressure.holds()) {
      role.passed(0, 0, pressure);
    }
    return true;
  }

  private boolean heard(BatchResult result) throws SQLException, InterruptedException {
    heard = timing.ticker().nanos();
    return result.match(this);
  }

  private BatchResult next() throws SQLException, InterruptedException {
    if (!open) {
      return batch.open(role.begins());
    }
    if (at.isEmpty()) {
      return batch.claim(settings.workers(), part -> density(part).rowsPerBlock());
    }
    if (hindered) {
      // The batch asks for leave last, and comes to that only when nobody is in its way.
      hindered = false;
      return batch.ask(at);
    }
    rest.begin();
    Optional<Leg> leg = bypass.next();
    return leg.isEmpty()
        ? batch.fill(part.orElseThrow(), at.get(), size(), breath)
        : walk(part.orElseThrow(), at.get(), leg.get());
  }

  private Density density(Part of) {
    return densities.computeIfAbsent(of.id(), id -> new Density(of.rowsPerBlock()));
  }

  private BatchResult walk(PartRows rows, LeasedRange range, Leg leg) throws SQLException {
    // Its rows were counted for a batch without naps.
    breath = Breath.HELD;
    return leg.passable()
        ? batch.fill(rows, range, leg)
        : batch.leave(rows, range, leg, keeper.orElseThrow().keep(bypass.at(leg)));
  }

  private int size() {
    return Pace.atMost(full(), perSecond());
  }

  private int full() {
    return naps.fitting(breath, sizer.size(), settings.targetBatchTime());
  }

  /** The bound is one for all workers together. */
  private OptionalLong perSecond() {
    OptionalLong all = settings.maxRowsPerSecond();
    return all.isPresent()
        ? OptionalLong.of(Math.max(1, all.getAsLong() / workers))
        : OptionalLong.empty();
  }

  @Override
  public Boolean opened(BatchResult.Opened result) {
    open = true;
    retries.succeeded();
    return true;
  }

  @Override
  public Boolean claimed(BatchResult.Claimed result) throws InterruptedException {
    retries.succeeded();
    return result
        .claim()
        .match(
            granted -> {
              part =
                  Optional.of(new PartRows(job, granted.range(), density(granted.range().part())));
              at = Optional.of(granted.range());
              workers = granted.workers();
              lookedTwice = false;
              role.found(granted.rowsDone());
              return true;
            },
            others -> {
              role.found(others.rowsDone());
              return role.waitsForOthers() && laterAgain();
            },
            this::allDone);
  }

  /** Partitions may have come while the rows were filled: they are looked for once more. */
  private boolean allDone(Claim.AllDone claim) {
    if (!lookedTwice) {
      lookedTwice = true;
      open = false;
      return true;
    }
    role.found(claim.rowsDone());
    return ends(new Finished(claim.rowsDone()));
  }

  @Override
  public Boolean passed(BatchResult.Passed result) {
    at = Optional.of(result.range()).filter(range -> !range.isDone());
    bypass.passed();
    workers = result.workers().orElse(workers);
    retries.succeeded();
    unexplained = 0;
    moves = 0;
    role.passed(result.rows(), result.written(), pressure);
    learn(result);
    naps = naps.measured(breath, result.written(), result.slept());
    rest.after(result.rows(), result.took(), result.slept(), perSecond());
    return true;
  }

  /** What a batch with naps took says how long one without would take. */
  private void learn(BatchResult.Passed result) {
    int full = full();
    boolean isFull = (result.whole() ? result.asked() : result.rows()) == full;
    Duration alike = result.took().minus(result.slept()).multipliedBy(sizer.size()).dividedBy(full);
    sizer = isFull ? sizer.measured(alike, result.took()) : sizer.measured(0, result.took());
  }

  @Override
  public Boolean asked(BatchResult.Asked result) {
    return true;
  }

  @Override
  public Boolean hindered(BatchResult.Hindered result) {
    return again(result.error());
  }

  @Override
  public Boolean rejected(BatchResult.Rejected result) throws SQLException {
    try {
      Culprits.Found found =
          new Culprits(part.orElseThrow(), transactions).find(result.range(), result.error());
      return found.rows().isEmpty() ? unexplained(result.error()) : bad(found);
    } catch (SQLException e) {
      if (Failure.of(e) == Failure.BUSY) {
        return again(e);
      }
      if (Failure.isMissingObject(e)) {
        return ends(new Stopped(Failure.sentence(e)));
      }
      throw e;
    }
  }

  private boolean bad(Culprits.Found found) {
    boolean keeps =
        settings.keepBadRows()
            && keeper.isPresent()
            && bypass.takes(part.orElseThrow().mapping().oid(), found.rows().values());
    if (!keeps) {
      return ends(new Unconvertible(List.copyOf(found.rows().values())));
    }
    bypass.around(found);
    return true;
  }

  /** It took too long, for whatever reason: less at a time is more often heard of. */
  @Override
  public Boolean taken(BatchResult.Taken result) {
    at = Optional.empty();
    bypass.forget();
    sizer = sizer.shrunkTo(sizer.size() / 2);
    return true;
  }

  @Override
  public Boolean moved(BatchResult.Moved result) {
    if (++moves > MOST_MOVES) {
      return ends(new Stopped(result.reason()));
    }
    at = Optional.empty();
    bypass.forget();
    open = false;
    return true;
  }

  @Override
  public Boolean ended(BatchResult.Ended result) {
    return ends(result.outcome());
  }

  private boolean ends(BackfillOutcome outcome) {
    end = Optional.of(outcome);
    return false;
  }

  private boolean unexplained(SQLException error) throws SQLException {
    // A part of the way is tried as it is; smaller ones are only found without it.
    bypass.forget();
    int rows = size();
    if (rows > 1) {
      // Rows that fail only beside each other, such as two of one unique value: with fewer at a
      // time the first is written, and the second can be named.
      sizer = sizer.shrunkTo(rows / 10);
      return true;
    }
    // An application may have mended the row meanwhile; a fault that stays must not loop for ever.
    if (++unexplained >= UNEXPLAINED) {
      throw error;
    }
    return again(error);
  }

  private boolean again(SQLException error) {
    Waiting wait = retries.failed(size(), error);
    sizer = sizer.shrunkTo(wait.batchRows());
    rest.backOff(wait.pause());
    hindered = true;
    return true;
  }

  private boolean laterAgain() throws InterruptedException {
    timing.sleeper().sleep(LOOK_AGAIN);
    return true;
  }
}
