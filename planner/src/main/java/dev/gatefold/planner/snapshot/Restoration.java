package dev.gatefold.planner.snapshot;

import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.snapshot.SchemaSnapshot.LeftOut;
import dev.gatefold.planner.snapshot.SchemaSnapshot.TableSize;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the schema of a snapshot on an empty database of a server of our own. Each object is a
 * transaction, so that a large schema does not run out of locks. Not thread-safe.
 */
public final class Restoration {

  private final Connection connection;
  private final Set<String> roles = new HashSet<>();
  private final Map<String, LeftOut> missing = new LinkedHashMap<>();

  /**
   * What could not be made.
   *
   * @param needed objects without which the named tables are not what they were
   * @param others objects that nothing of theirs needs
   */
  public record Restored(List<LeftOut> needed, List<LeftOut> others) {
    public Restored {
      needed = List.copyOf(needed);
      others = List.copyOf(others);
    }
  }

  private Restoration(Connection connection) {
    this.connection = connection;
  }

  /**
   * Makes the named tables and what they hang together with. Roles that are there already stay as
   * they are.
   *
   * @param named tables for which all has to be made
   * @param mentioned tables for which it is made as far as it can be
   * @param connection a superuser's, without an open transaction; good for nothing else afterwards,
   *     since its settings are changed
   * @throws SQLException if the database is not empty, or is lost in the middle
   */
  public static Restored restore(
      SchemaSnapshot snapshot,
      Connection connection,
      Collection<TableName> named,
      Collection<TableName> mentioned)
      throws SQLException {
    Set<TableName> all = new HashSet<>(named);
    all.addAll(mentioned);
    SchemaSnapshot part = snapshot.closure(all);
    return new Restoration(connection).run(part, new Closure(part).required(named));
  }

  /** Makes all of it. */
  public static Restored restore(SchemaSnapshot snapshot, Connection connection)
      throws SQLException {
    Set<String> all = new HashSet<>();
    snapshot.objects().forEach(object -> all.add(object.key()));
    return new Restoration(connection).run(snapshot, all);
  }

  private Restored run(SchemaSnapshot snapshot, Set<String> required) throws SQLException {
    connection.setAutoCommit(false);
    prepare();
    for (SnapshotObject object : snapshot.objects()) {
      make(object);
    }
    setSizes(snapshot.sizes());
    connection.setAutoCommit(true);
    List<LeftOut> needed = new ArrayList<>();
    List<LeftOut> others = new ArrayList<>();
    missing.forEach((key, why) -> (required.contains(key) ? needed : others).add(why));
    return new Restored(needed, others);
  }

  private void prepare() throws SQLException {
    // Fails where somebody has made something already.
    execute("DROP SCHEMA IF EXISTS public");
    execute(
        """
        SET search_path = '';
        SET check_function_bodies = off;
        SET standard_conforming_strings = on;
        SET row_security = off;
        SET client_min_messages = error\
        """);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT quote_ident(rolname) FROM pg_roles")) {
      while (rows.next()) {
        roles.add(rows.getString(1));
      }
    }
    connection.commit();
  }

  private void make(SnapshotObject object) throws SQLException {
    if (object.kind().equals(Kind.ROLE) && roles.contains(object.identity())) {
      return;
    }
    for (String need : object.needs()) {
      if (missing.containsKey(need)) {
        leaveOut(object, "it needs " + need);
        return;
      }
    }
    if (object.of().isPresent() && missing.containsKey(object.of().get())) {
      leaveOut(object, "it needs " + object.of().get());
      return;
    }
    try {
      for (String statement : object.sql()) {
        execute(whole(statement));
      }
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      if (connection.isClosed() || !connection.isValid(0)) {
        throw e;
      }
      leaveOut(object, String.valueOf(e.getMessage()).replaceFirst("^ERROR: ", ""));
    }
  }

  /** As one literal where there is a body: the driver would part the statements in it. */
  private static String whole(String statement) {
    return statement.contains("BEGIN ATOMIC")
        ? "DO " + Literal.of("BEGIN EXECUTE " + Literal.of(statement) + "; END")
        : statement;
  }

  private void leaveOut(SnapshotObject object, String why) {
    missing.put(object.key(), new LeftOut(object.key(), why));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  // Rows are not copied; what the planner weighs is the server's estimate, which is a plain number.
  private void setSizes(List<TableSize> sizes) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            UPDATE pg_catalog.pg_class SET reltuples = ?, relpages = ?
            WHERE oid = pg_catalog.to_regclass(?)\
            """)) {
      for (TableSize size : sizes) {
        statement.setFloat(1, (float) size.rows());
        statement.setInt(2, (int) size.pages());
        statement.setString(3, size.table());
        statement.addBatch();
      }
      statement.executeBatch();
    }
    connection.commit();
  }
}
