package dev.gatefold.executor.trial;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A table, or a view that can be written like one, as one version of an application knows it.
 *
 * @param columns those that it may write, in order
 */
record SampleRelation(TableName name, boolean view, List<SampleColumn> columns) {

  /**
   * The columns of a view over one table have the keys and numbers of their namesakes there. Left
   * out are partitions, to which rows come through their table, and what nobody may name.
   */
  private static final String QUERY =
      """
      WITH theirs AS MATERIALIZED (
        -- Before the server is asked what it can update, which takes it long.
        SELECT c.oid, n.nspname, c.relname, c.relkind
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v') AND c.relpersistence <> 't' AND NOT c.relispartition
          AND n.nspname !~ '^pg_'
          AND n.nspname NOT IN ('information_schema', 'gatefold', 'gatefold_trial')
          AND c.relname !~ '^gatefold_')
      SELECT c.nspname, c.relname, c.relkind = 'v', a.attname,
             format_type(a.atttypid, a.atttypmod),
             EXISTS (SELECT FROM pg_index i
                     JOIN pg_depend d ON d.objid = i.indexrelid
                       AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
                       AND d.refobjid = i.indrelid
                     WHERE i.indrelid = b.attrelid AND (i.indisunique OR i.indisexclusion)
                       AND d.refobjsubid = b.attnum)
             OR EXISTS (SELECT FROM pg_constraint k
                        WHERE k.conrelid = b.attrelid AND k.contype IN ('p', 'u', 'x')
                          AND b.attnum = ANY (k.conkey)),
             b.attidentity <> ''
             OR coalesce(pg_get_expr(p.adbin, p.adrelid) LIKE 'nextval(%', false)
      FROM theirs c
      LEFT JOIN LATERAL (
        SELECT DISTINCT d.refobjid AS oid FROM pg_rewrite r
        JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
          AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> c.oid
        WHERE c.relkind = 'v' AND r.ev_class = c.oid
        LIMIT 1) AS under ON true
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN LATERAL (
        SELECT * FROM pg_attribute o
        WHERE (o.attrelid, o.attname) IN ((under.oid, a.attname), (c.oid, a.attname))
        ORDER BY o.attrelid = c.oid
        LIMIT 1) AS b ON true
      LEFT JOIN pg_attrdef p ON p.adrelid = b.attrelid AND p.adnum = b.attnum
      WHERE a.attname !~ '^gatefold_'
        AND a.attgenerated = '' AND b.attgenerated = ''
        AND pg_relation_is_updatable(c.oid, true) & 28 = 28
        AND pg_column_is_updatable(c.oid, a.attnum, true)
      ORDER BY 1, 2, a.attnum\
      """;

  private record Line(TableName table, boolean view, SampleColumn column) {}

  /** All that there are, by name. */
  static Map<TableName, SampleRelation> all(Connection connection) throws SQLException {
    Map<TableName, SampleRelation> all = new LinkedHashMap<>();
    List<Line> lines =
        Query.of(QUERY)
            .list(
                connection,
                row ->
                    new Line(
                        new TableName(
                            new Identifier(row.getString(1)), new Identifier(row.getString(2))),
                        row.getBoolean(3),
                        new SampleColumn(
                            new Identifier(row.getString(4)),
                            row.getString(5),
                            row.getBoolean(6),
                            row.getBoolean(7))));
    for (Line line : lines) {
      SampleRelation before =
          all.getOrDefault(line.table(), new SampleRelation(line.table(), line.view(), List.of()));
      List<SampleColumn> columns = new ArrayList<>(before.columns());
      columns.add(line.column());
      all.put(line.table(), new SampleRelation(line.table(), line.view(), List.copyOf(columns)));
    }
    return all;
  }

  SampleRelation only(Predicate<SampleColumn> kept) {
    return new SampleRelation(name, view, columns.stream().filter(kept).toList());
  }

  /** Whether every column of this is in the other, of the same type. */
  boolean isIn(SampleRelation other) {
    return columns.stream().allMatch(column -> other.columns().stream().anyMatch(column::isLike));
  }

  /** The same with what is distinct in another shape of it, too. */
  SampleRelation distinctAs(SampleRelation other) {
    return new SampleRelation(
        name,
        view,
        columns.stream()
            .map(
                column ->
                    other.columns().stream().anyMatch(it -> it.isLike(column) && it.distinct())
                        ? column.madeDistinct()
                        : column)
            .toList());
  }

  /** Gives a row the values of another one. */
  Optional<String> update() {
    String changed = names(columns.stream().filter(SampleColumn::isChangeable).toList());
    return changed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "UPDATE %1$s t SET (%2$s) = (SELECT %2$s FROM %1$s ORDER BY random() LIMIT 1) WHERE %3$s"
                .formatted(name.quoted(), changed, any()));
  }

  /** Adds a row that is like another one; nothing where a key could not tell the two apart. */
  Optional<String> insert() {
    List<SampleColumn> added = columns.stream().filter(SampleColumn::isInsertable).toList();
    boolean alike =
        columns.stream().anyMatch(SampleColumn::distinct)
            && columns.stream().noneMatch(SampleColumn::isFresh);
    return added.isEmpty() || alike
        ? Optional.empty()
        : Optional.of(
            "INSERT INTO %1$s (%2$s) SELECT %3$s FROM %1$s t ORDER BY random() LIMIT 1"
                .formatted(
                    name.quoted(),
                    names(added),
                    added.stream()
                        .map(column -> column.another(name.quoted()))
                        .collect(Collectors.joining(", "))));
  }

  String delete() {
    return "DELETE FROM %s t WHERE %s".formatted(name.quoted(), any());
  }

  /** Picks one row; a view has no row of its own to point at. */
  private String any() {
    String row = view ? "t::text" : "t.ctid";
    return "%s = (SELECT %s FROM %s t ORDER BY random() LIMIT 1)"
        .formatted(row, row, name.quoted());
  }

  private static String names(List<SampleColumn> columns) {
    return columns.stream().map(column -> column.name().quoted()).collect(Collectors.joining(", "));
  }
}
