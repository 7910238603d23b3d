package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Table;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The temporary tables that stand for real ones, or for those that a change will make. */
final class Stage {

  private static final String READS =
      """
      SELECT a.attname
      FROM pg_attribute a
      WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND EXISTS (
        SELECT FROM pg_depend d
        WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid
          AND d.refobjsubid = a.attnum AND d.classid = ?::regclass AND d.objid = ?::oid)
      """;

  private final Session session;
  private final Map<TableName, Table> known = new LinkedHashMap<>();
  private final Map<TableName, String> props = new HashMap<>();
  private int names;

  Stage(Session session, List<Table> tables) {
    this.session = session;
    tables.forEach(table -> known.put(table.name(), table));
  }

  /**
   * The stand-in of a table, as SQL; made when it is asked for first.
   *
   * @throws SQLException with the server's own state for it if there is no such table
   */
  String of(TableName name) throws SQLException {
    Optional<String> prop = Optional.ofNullable(props.get(name));
    if (prop.isPresent()) {
      return prop.get();
    }
    if (!known.containsKey(name)) {
      throw new SQLException("there is no table " + name, "42P01");
    }
    String made = "pg_temp.gatefold_stage_" + props.size();
    session.execute(
        "CREATE TEMP TABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING IDENTITY INCLUDING INDEXES)"
            .formatted(made, name.quoted()));
    props.put(name, made);
    return made;
  }

  /**
   * A table that there is.
   *
   * @throws SQLException with the server's own state for it if there is none
   */
  Table known(TableName name) throws SQLException {
    Optional<Table> table = Optional.ofNullable(known.get(name));
    if (table.isEmpty()) {
      throw new SQLException("there is no table " + name, "42P01");
    }
    return table.get();
  }

  /** Whether a table has no row now; one that the change makes has none. */
  boolean isEmpty(TableName name) throws SQLException {
    return !known.containsKey(name)
        || session.isTrue("SELECT NOT EXISTS (SELECT FROM " + name.quoted() + ")");
  }

  /** A name that nothing on the stage has: two schemas may each have an object of one name. */
  Identifier free() {
    names++;
    return new Identifier("gatefold_draft_" + names);
  }

  /** Lets a temporary table stand for one that the change makes. */
  void enter(TableName name, String temporary) {
    props.put(name, temporary);
  }

  /** The columns of a stand-in that an object reads. */
  Set<Identifier> reads(String table, String catalog, long object) throws SQLException {
    return new TreeSet<>(
        session.list(row -> new Identifier(row.getString(1)), READS, table, catalog, object));
  }

  /** The OID of a relation that was just made. */
  long oid(String relation) throws SQLException {
    return session.one(row -> row.getLong(1), "SELECT " + Literal.of(relation) + "::regclass::oid");
  }
}
