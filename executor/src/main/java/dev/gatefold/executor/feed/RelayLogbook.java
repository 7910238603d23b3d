package dev.gatefold.executor.feed;

import dev.gatefold.backfill.feed.FeedEvent;
import dev.gatefold.backfill.feed.FeedPosition;
import dev.gatefold.backfill.feed.kafka.Relay;
import dev.gatefold.executor.store.FeedStore.Made;
import dev.gatefold.executor.store.FeedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** How far the log is read, over a connection of its own. */
final class RelayLogbook implements Relay.Logbook {

  private final Connection connection;
  private final FeedTable table;

  /** Closes the connection at the end. */
  RelayLogbook(Connection connection, Made made) {
    this.connection = connection;
    this.table = new FeedTable(made, false);
  }

  @Override
  public boolean passed(FeedPosition position, Optional<FeedEvent.Said> heard) throws SQLException {
    return table.passed(connection, position, heard);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
