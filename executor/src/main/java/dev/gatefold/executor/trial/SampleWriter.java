package dev.gatefold.executor.trial;

import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.trial.picture.TableColumns;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * An application that knows nothing of its tables but the rows in them: it gives a row the values
 * of another one, adds copies of rows and deletes rows. What constraints and triggers of the users'
 * own do not allow it forgives. Of a table without rows it makes nothing.
 */
public final class SampleWriter implements Writer {

  /**
   * What begins an SQLSTATE of what the users' own tables rightly refuse, of bad luck, or of the
   * sync, where a default gave the old shape another value than the copy gives the new one.
   */
  private static final Set<String> FORGIVEN =
      Set.of("23", "40", "44", "55", "P0", "21", "22", "GF");

  private static final String NO_SUCH_COLUMN = "42703";

  /** How names begin that are nobody's to use. */
  private static final String HIDDEN = "gatefold_";

  private final List<TableName> tables;
  private final Map<TableName, List<SampleColumn>> original = new ConcurrentHashMap<>();
  private volatile TableColumns newShape = new TableColumns(Map.of());

  /** One that works on these tables. */
  public SampleWriter(Set<TableName> tables) {
    this.tables = List.copyOf(tables);
  }

  @Override
  public void learn(TableColumns shape) {
    newShape = shape;
  }

  @Override
  public long write(Connection connection, Version version, RolloutState state)
      throws SQLException {
    long writes = 0;
    for (TableName table : tables) {
      List<SampleColumn> columns = columns(connection, table, version);
      for (String sql : columns.isEmpty() ? List.<String>of() : statements(table, columns)) {
        try {
          writes += attempt(connection, sql);
        } catch (SQLException e) {
          // A column that keeps its name until it is dropped looks like one of the new shape.
          if (version == Version.OLD
              || !NO_SUCH_COLUMN.equals(e.getSQLState())
              || columns.equals(columns(connection, table, version))) {
            throw e;
          }
        }
      }
    }
    return writes;
  }

  /** None where this version finds what it needs no more, or not yet. */
  private List<SampleColumn> columns(Connection connection, TableName table, Version version)
      throws SQLException {
    List<SampleColumn> now = SampleColumn.of(connection, table);
    List<SampleColumn> before = original.computeIfAbsent(table, name -> now);
    if (version == Version.OLD) {
      return before.stream().allMatch(column -> now.stream().anyMatch(column::isLike))
          ? before
          : List.of();
    }
    Map<Identifier, String> known = newShape.tables().getOrDefault(table, Map.of());
    return now.stream()
        .filter(column -> !column.name().value().startsWith(HIDDEN))
        .filter(column -> column.type().equals(known.get(column.name())))
        .toList();
  }

  private static List<String> statements(TableName table, List<SampleColumn> columns) {
    List<String> sql = new ArrayList<>();
    String name = table.quoted();
    List<SampleColumn> changed = columns.stream().filter(SampleColumn::isChangeable).toList();
    if (!changed.isEmpty()) {
      sql.add(
          "UPDATE %s SET (%s) = (SELECT %s FROM %s ORDER BY random() LIMIT 1) WHERE ctid = %s"
              .formatted(name, names(changed), names(changed), name, any(name)));
    }
    List<SampleColumn> added = columns.stream().filter(SampleColumn::isInsertable).toList();
    if (!added.isEmpty()) {
      sql.add(
          "INSERT INTO %s (%s) SELECT %s FROM %s t ORDER BY random() LIMIT 1"
              .formatted(
                  name,
                  names(added),
                  added.stream()
                      .map(column -> column.another(name))
                      .collect(Collectors.joining(", ")),
                  name));
      sql.add("DELETE FROM %s WHERE ctid = %s".formatted(name, any(name)));
    }
    return sql;
  }

  private static String any(String table) {
    return "(SELECT ctid FROM %s ORDER BY random() LIMIT 1)".formatted(table);
  }

  private static String names(List<SampleColumn> columns) {
    return columns.stream().map(column -> column.name().quoted()).collect(Collectors.joining(", "));
  }

  private static long attempt(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      return statement.executeUpdate(sql);
    } catch (SQLException e) {
      String state = Optional.ofNullable(e.getSQLState()).orElse("");
      if (state.length() == 5 && FORGIVEN.contains(state.substring(0, 2))) {
        return 0;
      }
      throw e;
    }
  }
}
