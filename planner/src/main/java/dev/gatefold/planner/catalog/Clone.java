package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.SqlTemplate;
import dev.gatefold.planner.schema.Table;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An empty temporary table with the columns of a real one, whose columns can be given other types
 * and names. It knows them by the numbers that they have in the real table, and those that were
 * added to it by higher ones. Not thread-safe.
 */
final class Clone {

  static final String OLD = "gatefold_old";
  static final String NEW = "gatefold_new";

  private final Session session;
  private final String name;
  private final Map<Integer, Identifier> columns = new TreeMap<>();

  private Clone(Session session, String name) {
    this.session = session;
    this.name = name;
  }

  static Clone create(Session session, String name, Table table) throws SQLException {
    session.execute("CREATE TEMP TABLE " + name + " (LIKE " + table.name().quoted() + ")");
    Clone clone = new Clone(session, name);
    for (Column column : table.columns()) {
      clone.columns.put(column.attnum(), column.name());
    }
    return clone;
  }

  /** A copy that another made, of whose columns nobody asks the numbers. */
  static Clone madeAs(Session session, String name) {
    return new Clone(session, name);
  }

  String name() {
    return name;
  }

  /** The clone's name for SQL text. */
  String sql() {
    return "pg_temp." + name;
  }

  long oid() throws SQLException {
    return session.one(row -> row.getLong(1), "SELECT to_regclass(?)::oid", sql());
  }

  Collection<Integer> attnums() {
    return columns.keySet();
  }

  /** The name that the column has by now. */
  Identifier column(int attnum) {
    return Optional.ofNullable(columns.get(attnum)).orElseThrow();
  }

  /** The number of the column that has this name by now. */
  int attnum(Identifier column) {
    return columns.entrySet().stream()
        .filter(entry -> entry.getValue().equals(column))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  void rename(int attnum, Identifier to) throws SQLException {
    Identifier from = column(attnum);
    if (!from.equals(to)) {
      alter("RENAME COLUMN " + from.quoted() + " TO " + to.quoted());
      columns.put(attnum, to);
    }
  }

  /** Gives columns the names by which a {@link SqlTemplate} knows them. */
  void renameToProbes(Collection<Integer> attnums) throws SQLException {
    for (int attnum : attnums) {
      rename(attnum, new Identifier(SqlTemplate.COLUMN + attnum));
    }
  }

  /** Adds a column that the real table does not have. */
  void add(int number, Identifier name, String type) throws SQLException {
    alter("ADD COLUMN " + name.quoted() + " " + type);
    columns.put(number, name);
  }

  void drop(int attnum) throws SQLException {
    alter("DROP COLUMN " + column(attnum).quoted());
    columns.remove(attnum);
  }

  void changeType(int attnum, String type) throws SQLException {
    alter("ALTER COLUMN " + column(attnum).quoted() + " TYPE " + type + " USING NULL");
  }

  void alter(String action) throws SQLException {
    session.execute("ALTER TABLE " + sql() + " " + action);
  }

  void alterAsAuthor(String action) throws SQLException {
    session.executeAsAuthor("ALTER TABLE " + sql() + " " + action);
  }

  /** The type of a column as it is by now. */
  ColumnType type(int attnum) throws SQLException {
    int place =
        session.one(
            row -> row.getInt(1),
            "SELECT attnum FROM pg_attribute WHERE attrelid = ?::oid AND attname = ?",
            oid(),
            column(attnum).value());
    return Optional.ofNullable(new TypeCatalog(session).read(oid()).get(place)).orElseThrow();
  }

  /** A type as DDL writes it. */
  static String ddl(ColumnType type) {
    return type.sql() + type.collation().map(collation -> " COLLATE " + collation).orElse("");
  }
}
