package dev.gatefold.planner.catalog;

import dev.gatefold.planner.draft.Shape;
import dev.gatefold.planner.draft.ShapeDraft;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Index;
import dev.gatefold.planner.schema.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes tables of another shape as temporary ones, with all indexes that they would have. */
final class ShapeDrafts {

  private static final String OPTIONS =
      """
      SELECT nullif(array_to_string(c.reloptions || ARRAY(SELECT 'toast.' || o FROM unnest(s.reloptions) o), ', '), ''),
             coalesce(
               (SELECT format('it lies in the tablespace %I', t.spcname)
                FROM pg_tablespace t WHERE t.oid = c.reltablespace),
               (SELECT format('its access method is %I', m.amname)
                FROM pg_am m WHERE m.oid = c.relam AND m.amname <> current_setting('default_table_access_method')),
               (SELECT format('the index %I has storage parameters, which a constraint of a partitioned table cannot be given', x.relname)
                FROM pg_constraint k JOIN pg_class x ON x.oid = k.conindid
                WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u') AND x.reloptions IS NOT NULL
                  AND ?::boolean LIMIT 1))
      FROM pg_class c LEFT JOIN pg_class s ON s.oid = c.reltoastrelid
      WHERE c.oid = ?::oid
      """;

  private final Session session;
  private final Stage stage;

  ShapeDrafts(Session session, Stage stage) {
    this.session = session;
    this.stage = stage;
  }

  Shape make(ShapeDraft draft) throws SQLException {
    Table table = stage.known(draft.table());
    Optional<String> options = options(table, draft.partitionBy().isPresent());
    Identifier name = stage.free();
    String made = "pg_temp." + name.quoted();
    session.executeAsAuthor(
        "CREATE TEMP TABLE %s (LIKE %s INCLUDING ALL EXCLUDING INDEXES EXCLUDING IDENTITY EXCLUDING STATISTICS)%s"
            .formatted(
                name.quoted(),
                table.name().quoted(),
                draft.partitionBy().map(by -> " PARTITION BY " + by).orElse("")));
    List<Shape.Partition> partitions = new ArrayList<>();
    for (ShapeDraft.Partition partition : draft.partitions()) {
      partitions.add(partition(partition, made));
    }
    keys(draft, table, made);
    return new Shape(partitionKey(draft, made), partitions, options);
  }

  private Optional<String> options(Table table, boolean parted) throws SQLException {
    return session.one(
        row -> {
          if (row.getString(2) != null) {
            throw new SQLException(row.getString(2), Rejections.NOT_SUPPORTED);
          }
          return Optional.ofNullable(row.getString(1));
        },
        OPTIONS,
        parted,
        table.oid());
  }

  private Shape.Partition partition(ShapeDraft.Partition draft, String parent) throws SQLException {
    new FreeNames(session).require(draft.name());
    Identifier name = stage.free();
    // The line break ends a comment that an author may have left at the end.
    session.executeAsAuthor(
        "CREATE TEMP TABLE %s PARTITION OF %s %s\n"
            .formatted(
                name.quoted(),
                parent,
                draft.values().strip().equalsIgnoreCase("default")
                    ? "DEFAULT"
                    : "FOR VALUES " + draft.values()));
    return new Shape.Partition(
        draft.name(),
        session.one(
            row -> row.getString(1),
            "SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE oid = ?::oid",
            stage.oid("pg_temp." + name.quoted())));
  }

  /** What the table has to be unique by, and how it is read: the server may not have that here. */
  private void keys(ShapeDraft draft, Table table, String made) throws SQLException {
    if (!draft.primaryKey().isEmpty()) {
      session.execute(
          "ALTER TABLE %s ADD PRIMARY KEY (%s)"
              .formatted(
                  made,
                  draft.primaryKey().stream()
                      .map(Identifier::quoted)
                      .collect(Collectors.joining(", "))));
    }
    for (Index index : table.indexes()) {
      Optional<Constraint> constraint = index.constraint().flatMap(table::constraint);
      if (index.primary() && !draft.primaryKey().isEmpty()) {
        continue;
      }
      session.execute(
          constraint
              .map(it -> "ALTER TABLE %s ADD %s".formatted(made, it.definition()))
              .orElseGet(
                  () ->
                      "CREATE %sINDEX ON %s %s"
                          .formatted(index.unique() ? "UNIQUE " : "", made, index.definition())));
    }
  }

  private Optional<String> partitionKey(ShapeDraft draft, String made) throws SQLException {
    return draft.partitionBy().isEmpty()
        ? Optional.empty()
        : Optional.of(
            session.one(
                row -> row.getString(1), "SELECT pg_get_partkeydef(?::oid)", stage.oid(made)));
  }
}
