package dev.gatefold.backfill.window;

import dev.gatefold.backfill.pace.Ticker;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;

/**
 * The time of day on the database's server, read once and carried on by the ticker: workers on
 * machines whose clocks differ agree on when a window closes. Thread-safe.
 */
public final class ServerClock implements InstantSource {

  private final Instant read;
  private final long at;
  private final Ticker ticker;

  private ServerClock(Instant read, long at, Ticker ticker) {
    this.read = read;
    this.at = at;
    this.ticker = ticker;
  }

  /** Reads it, to within the time of the question. */
  public static ServerClock read(Connection connection, Ticker ticker) throws SQLException {
    long asked = ticker.nanos();
    try (PreparedStatement statement = connection.prepareStatement("SELECT clock_timestamp()");
        ResultSet row = statement.executeQuery()) {
      row.next();
      Instant read = row.getObject(1, OffsetDateTime.class).toInstant();
      return new ServerClock(read, asked + (ticker.nanos() - asked) / 2, ticker);
    }
  }

  @Override
  public Instant instant() {
    return read.plusNanos(ticker.nanos() - at);
  }
}
