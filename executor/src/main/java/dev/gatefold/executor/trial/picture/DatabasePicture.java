package dev.gatefold.executor.trial.picture;

import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that the catalog of a database says, but for schemas of the system and of Gatefold's own: one
 * line for each thing, without OIDs, column positions and sizes. It asks other questions than the
 * planner does, so that it can find what the planner does not look at.
 *
 * @param lines sorted; each begins with what kind of thing it is and its name
 */
public record DatabasePicture(List<String> lines) {

  /** Two names that every query may use: the schemas that count, and the relations in them. */
  private static final String FROM =
      """
      WITH ns AS (
        SELECT oid, quote_ident(nspname) AS name FROM pg_namespace
        WHERE nspname !~ '^pg_'
          AND nspname NOT IN ('information_schema', 'gatefold', 'gatefold_trial')),
      rel AS (
        SELECT c.*, ns.name || '.' || quote_ident(c.relname) AS qname
        FROM pg_class c JOIN ns ON ns.oid = c.relnamespace)
      """;

  public DatabasePicture {
    lines = List.copyOf(lines);
  }

  /**
   * Takes a picture in one snapshot.
   *
   * @param connection one in autocommit mode, which it is in again afterwards
   */
  public static DatabasePicture take(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      // Then the server prints every name with its schema.
      statement.execute("SET LOCAL search_path TO pg_catalog");
      List<String> lines = new ArrayList<>();
      for (String query :
          Stream.of(TableQueries.ALL, OtherQueries.ALL).flatMap(List::stream).toList()) {
        lines.addAll(Query.of(FROM + query).list(connection, row -> row.getString(1)));
      }
      Collections.sort(lines);
      return new DatabasePicture(lines);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /** What of this one a later picture lacks, and what it has beyond it. */
  public Difference to(DatabasePicture later) {
    List<String> missing = new ArrayList<>(lines);
    later.lines().forEach(missing::remove);
    List<String> added = new ArrayList<>(later.lines());
    lines.forEach(added::remove);
    return new Difference(missing, added);
  }

  /** How two pictures differ, in their lines. */
  public record Difference(List<String> missing, List<String> added) {

    public Difference {
      missing = List.copyOf(missing);
      added = List.copyOf(added);
    }

    /** A sentence for each line, those of one thing beside each other. */
    public List<String> words() {
      return Stream.concat(
              missing.stream().map(line -> Map.entry(line, "this is missing: " + line)),
              added.stream().map(line -> Map.entry(line, "this was not there before: " + line)))
          .sorted(Map.Entry.comparingByKey())
          .map(Map.Entry::getValue)
          .toList();
    }

    public boolean isEmpty() {
      return missing.isEmpty() && added.isEmpty();
    }
  }
}
