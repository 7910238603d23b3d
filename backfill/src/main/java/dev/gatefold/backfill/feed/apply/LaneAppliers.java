package dev.gatefold.backfill.feed.apply;

import dev.gatefold.backfill.feed.FeedEvent;
import dev.gatefold.backfill.feed.LaneCrew;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.session.Connections;
import dev.gatefold.backfill.session.Transactions;
import dev.gatefold.planner.plan.SessionSetting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Applies lanes, one after the other, over one connection. A commit does not wait for the disk: how
 * far a lane is applied is lost together with what was applied, and the brokers have it.
 */
public final class LaneAppliers implements LaneCrew {

  private final Connection connection;
  private final Transactions transactions;
  private final Jobs jobs;
  private final Timing timing;
  private volatile boolean stopped;

  /** What is to be done in a lane, as it is at the time. */
  @FunctionalInterface
  public interface Jobs {
    Job of(int lane) throws SQLException;
  }

  /**
   * What is to be done in one of them.
   *
   * @param rows of all lanes
   */
  public record Job(ApplyJob rows, LaneRecord record) {}

  private LaneAppliers(
      Connection connection, List<SessionSetting> settings, Jobs jobs, Timing timing)
      throws SQLException {
    this.connection = connection;
    this.transactions = Transactions.on(connection, settings);
    this.jobs = jobs;
    this.timing = timing;
  }

  /**
   * Begins with no lane.
   *
   * @param connections for one of its own, which it closes
   * @param settings of the transactions, beside those that every batch needs
   * @param jobs asked whenever a lane is taken
   */
  public static LaneAppliers begin(
      Connections connections, List<SessionSetting> settings, Jobs jobs, Timing timing)
      throws SQLException {
    Connection connection = connections.open();
    try {
      return new LaneAppliers(connection, settings, jobs, timing);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public Lane take(int lane, long first) throws SQLException {
    Job job = jobs.of(lane);
    long next = job.record().begin(connection, first);
    Applier applier = new Applier(job.rows().inLane(lane), job.record(), timing, () -> stopped);
    applier.begin(connection);
    return new One(job.record(), applier, next);
  }

  private final class One implements Lane {

    private final LaneRecord record;
    private final Applier applier;
    private long next;

    One(LaneRecord record, Applier applier, long next) {
      this.record = record;
      this.applier = applier;
      this.next = next;
    }

    @Override
    public long next() {
      return next;
    }

    @Override
    public boolean apply(List<FeedEvent> events, long behind)
        throws SQLException, InterruptedException {
      record.between(next, behind);
      if (applier.apply(transactions, events) != Applier.Result.APPLIED) {
        return false;
      }
      next = behind;
      return true;
    }
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public void close() throws SQLException {
    stopped = true;
    if (!connection.isClosed()) {
      try (connection) {
        transactions.close();
      }
    }
  }
}
