package dev.gatefold.planner.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All of a table that must not get lost, as text: what it is made of, what belongs to it and what
 * depends on it. Two images are equal if the tables are, but for the order of their columns, for
 * dropped columns and for the rows.
 */
public final class TableImage {

  /** How the line of a partition begins; its name follows, quoted, with its schema. */
  public static final String PARTITION = "partition ";

  private TableImage() {}

  /**
   * Reads an image. An open transaction goes on; without one, the image is read in a transaction of
   * its own.
   *
   * @return sorted lines, each of which names one thing and describes it; none for no such table
   */
  public static List<String> read(Connection connection, long oid) throws SQLException {
    return connection.getAutoCommit() ? readAlone(connection, oid) : readWithin(connection, oid);
  }

  private static List<String> readAlone(Connection connection, long oid) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      return lines(Session.open(connection), oid);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static List<String> readWithin(Connection connection, long oid) throws SQLException {
    Session session = Session.open(connection);
    List<String> lines = lines(session, oid);
    session.restoreSearchPath();
    return lines;
  }

  private static List<String> lines(Session session, long oid) throws SQLException {
    List<String> lines = new ArrayList<>();
    for (String query : ImageQueries.all(OwnNotes.readable(session))) {
      lines.addAll(session.list(row -> row.getString(1), query, oid));
    }
    Collections.sort(lines);
    return List.copyOf(lines);
  }
}
