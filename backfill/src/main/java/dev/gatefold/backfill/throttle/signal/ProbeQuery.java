package dev.gatefold.backfill.throttle.signal;

import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.planner.change.SignalName;
import dev.gatefold.planner.change.ThrottleSettings.Probe;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Optional;

/** What the team's own query says: whether to go on, or with which share of the time. */
final class ProbeQuery implements Signal {

  private final Probe probe;

  ProbeQuery(Probe probe) {
    this.probe = probe;
  }

  @Override
  public SignalName name() {
    return SignalName.PROBE;
  }

  /** In a transaction that can change nothing, and that is rolled back whatever happened in it. */
  @Override
  public Pressure measure(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      // Names mean in it what they mean to whoever connects, and not only the server's own.
      statement.execute(
          "SET TRANSACTION READ ONLY; SET LOCAL search_path TO DEFAULT; SET LOCAL statement_timeout = "
              + probe.timeout().toMillis());
      // The line ends before the parenthesis: the query may end with a comment.
      try (ResultSet rows =
          statement.executeQuery("SELECT * FROM (%s\n) AS probe".formatted(probe.sql()))) {
        return share(rows).map(ProbeQuery::pressure).orElseGet(ProbeQuery::noAnswer);
      }
    } finally {
      if (!connection.isClosed()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private static Optional<Double> share(ResultSet rows) throws SQLException {
    if (!rows.next()) {
      return Optional.empty();
    }
    double number = isBoolean(rows) ? (rows.getBoolean(1) ? 1 : 0) : rows.getDouble(1);
    boolean answered = !rows.wasNull() && !Double.isNaN(number) && !rows.next();
    return answered ? Optional.of(Math.max(0, Math.min(1, number))) : Optional.empty();
  }

  private static boolean isBoolean(ResultSet rows) throws SQLException {
    int type = rows.getMetaData().getColumnType(1);
    return type == Types.BIT || type == Types.BOOLEAN;
  }

  private static Pressure pressure(double share) {
    if (share == 1) {
      return Pressure.NONE;
    }
    return share == 0
        ? Pressure.hold("the probe says to hold")
        : Pressure.slow(share, "the probe says %.2f".formatted(share));
  }

  private static Pressure noAnswer() {
    return Pressure.minimum(
        "the probe does not answer one row with true, false or a number from 0 to 1");
  }
}
