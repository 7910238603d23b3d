package dev.gatefold.executor.trial;

import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.name.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An application that knows nothing of its tables but the rows in them: it gives a row the values
 * of another one, adds copies of rows and deletes rows, in every table that has some. It keeps the
 * keys that it has yet to get as if they were there, for a trial of a unique constraint is not one
 * of duplicates. What constraints and triggers of the users' own do not allow it forgives.
 */
public final class SampleWriter implements Writer {

  /**
   * What begins an SQLSTATE of what the users' own tables rightly refuse, of bad luck, or of the
   * sync, where a default gave the old shape another value than the copy gives the new one.
   */
  private static final Set<String> FORGIVEN =
      Set.of("23", "40", "44", "55", "P0", "21", "22", "GF");

  private static final Set<String> GONE = Set.of("42703", "42P01");

  /** From before the change to as far as it went. */
  private final List<SampleShape> shapes = new CopyOnWriteArrayList<>();

  @Override
  public void learn(Connection connection) throws SQLException {
    shapes.add(SampleShape.read(connection));
  }

  private SampleShape original() {
    return shapes.get(0);
  }

  private SampleShape newest() {
    return shapes.get(shapes.size() - 1);
  }

  @Override
  public long write(Connection connection, Version version, RolloutState state)
      throws SQLException {
    SampleShape now = SampleShape.read(connection);
    long writes = 0;
    for (SampleRelation relation : known(now, version)) {
      try {
        writes += round(connection, relation);
      } catch (SQLException e) {
        // What keeps its name until it is dropped looks like the new shape's own.
        if (version == Version.OLD
            || !GONE.contains(String.valueOf(e.getSQLState()))
            || known(SampleShape.read(connection), version).contains(relation)) {
          throw e;
        }
      }
    }
    return writes;
  }

  /** What this version finds as it needs it. */
  private List<SampleRelation> known(SampleShape now, Version version) {
    return version == Version.OLD
        ? original().relations().values().stream()
            .filter(
                before ->
                    Optional.ofNullable(now.relations().get(before.name()))
                        .filter(before::isIn)
                        .isPresent())
            .map(before -> keeping(before, newest()))
            .toList()
        : now.relations().values().stream()
            .filter(relation -> newest().relations().containsKey(relation.name()))
            .map(relation -> learned(relation))
            .filter(relation -> !relation.columns().isEmpty())
            .toList();
  }

  private SampleRelation learned(SampleRelation now) {
    SampleRelation then = relation(newest(), now.name());
    return keeping(
        now.only(column -> then.columns().stream().anyMatch(column::isLike)), original());
  }

  private static SampleRelation keeping(SampleRelation relation, SampleShape other) {
    return relation.distinctAs(relation(other, relation.name()));
  }

  private static SampleRelation relation(SampleShape shape, TableName name) {
    return shape.relations().getOrDefault(name, new SampleRelation(name, false, List.of()));
  }

  private long round(Connection connection, SampleRelation relation) throws SQLException {
    long writes = 0;
    Optional<String> update = relation.update();
    if (update.isPresent()) {
      writes += attempt(connection, update.get());
    }
    Optional<String> insert = relation.insert();
    long added = insert.isPresent() ? attempt(connection, insert.get()) : 0;
    // As many rows go as came, or the table would run empty where no copy can be made.
    if (added > 0 && !isLonelyParent(relation.name())) {
      writes += attempt(connection, relation.delete());
    }
    return writes + added;
  }

  /** Whether rows refer to it that no foreign key keeps it from leaving, yet. */
  private boolean isLonelyParent(TableName table) {
    return newest().parents().contains(table) && !original().parents().contains(table);
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
