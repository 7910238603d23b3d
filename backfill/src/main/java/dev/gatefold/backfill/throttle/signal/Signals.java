package dev.gatefold.backfill.throttle.signal;

import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.planner.change.SignalName;
import dev.gatefold.planner.change.ThrottleSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which signals a backfill heeds. Each call makes new ones, since they remember what they saw; all
 * know the same log of the primary.
 */
public final class Signals {

  private final ThrottleSettings settings;
  private final Ticker ticker;
  private final LogPositions log;

  public Signals(ThrottleSettings settings, Ticker ticker) {
    this.settings = settings;
    this.ticker = ticker;
    this.log = new LogPositions(ticker);
  }

  /**
   * Those of the server as a whole.
   *
   * @param named how many of its standbys are asked themselves
   */
  public List<Signal> ofServer(int named) {
    Stream<Signal> always =
        Stream.of(
            new ReplicaLag(log, maxReplicaLag(), named),
            new ArchiveBacklog(
                settings.limit(SignalName.ARCHIVE_BACKLOG).orElse(ArchiveBacklog.DEFAULT)),
            new SlotLag(
                settings.limit(SignalName.SLOT_LAG).orElse(ThrottleSettings.DEFAULT_SLOT_LAG)),
            new ActiveSessions(settings.limit(SignalName.ACTIVE_SESSIONS)),
            new TransactionAge(settings.limit(SignalName.XID_AGE)));
    Stream<Signal> wal =
        settings.limit(SignalName.WAL_RATE).stream().mapToObj(limit -> new WalRate(limit, ticker));
    Stream<Signal> probe = settings.probe().stream().map(ProbeQuery::new);
    return heeded(Stream.of(always, wal, probe).flatMap(signals -> signals));
  }

  /** Those of the table that is filled, and of its partitions. */
  public List<Signal> ofTable(long oid) {
    return heeded(
        Stream.of(new LockWaits(oid), new DeadRows(oid, settings.limit(SignalName.DEAD_ROWS))));
  }

  /** Those of a standby, to be measured on it; {@code place} is said to people. */
  public List<Signal> ofStandby(String place) {
    return heeded(Stream.of(new StandbyReplay(place, log, maxReplicaLag())));
  }

  private Duration maxReplicaLag() {
    return settings.limit(SignalName.REPLICA_LAG).isPresent()
        ? Duration.ofMillis(settings.limit(SignalName.REPLICA_LAG).getAsLong())
        : StandbyLag.DEFAULT;
  }

  private List<Signal> heeded(Stream<Signal> signals) {
    return signals.filter(it -> settings.heeds(it.name())).toList();
  }
}
