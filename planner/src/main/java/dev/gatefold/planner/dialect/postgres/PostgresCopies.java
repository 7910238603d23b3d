package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.Copies;
import dev.gatefold.planner.draft.Shape;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.TableCopy;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Index;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.UniqueKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables of another shape in PostgreSQL 14 and later. */
final class PostgresCopies implements Copies {

  @Override
  public List<String> create(TableName copy, Table table, Shape shape) {
    List<String> sql = new ArrayList<>();
    boolean parted = shape.partitionKey().isPresent();
    String options = shape.options().map(it -> " WITH (" + it + ")").orElse("");
    sql.add(
        """
        CREATE TABLE %s (LIKE %s INCLUDING ALL EXCLUDING INDEXES EXCLUDING IDENTITY \
        EXCLUDING STATISTICS)%s"""
            .formatted(
                copy.quoted(),
                table.name().quoted(),
                shape.partitionKey().map(key -> " PARTITION BY " + key).orElse(options)));
    sql.add(ownedAs(copy, table.name()));
    for (Shape.Partition partition : shape.partitions()) {
      sql.add(
          "CREATE TABLE %s PARTITION OF %s %s%s"
              .formatted(
                  partition.name().quoted(),
                  copy.quoted(),
                  partition.bound(),
                  parted ? options : ""));
      sql.add(ownedAs(partition.name(), table.name()));
    }
    return sql;
  }

  private static String ownedAs(TableName made, TableName like) {
    return PartitionText.block(
        """
        FOR r IN
          SELECT pg_catalog.pg_get_userbyid(l.relowner) AS owner
          FROM pg_catalog.pg_class m, pg_catalog.pg_class l
          WHERE m.oid = %1$s AND l.oid = %2$s AND m.relowner <> l.relowner
        LOOP
          EXECUTE pg_catalog.format('ALTER TABLE %%s OWNER TO %%I', %3$s, r.owner);
        END LOOP;"""
            .formatted(
                PartitionText.regclass(made),
                PartitionText.regclass(like),
                Literal.of(made.quoted())));
  }

  @Override
  public TableCopy rows(
      TableName copy, List<Column> columns, UniqueKey key, List<Identifier> primaryKey, int lanes) {
    return new TableCopy(
        copy,
        columns.stream().filter(column -> !column.generated()).map(Column::name).toList(),
        key.columns().stream()
            .map(
                column ->
                    "%s OPERATOR(pg_catalog.=) %s"
                        .formatted(
                            of(TableCopy.OTHER, column.name()), of(RowMapping.ROW, column.name())))
            .collect(Collectors.joining(" AND ")),
        // Images, whatever a type calls equal; values that lie elsewhere are compared as such.
        "%s OPERATOR(pg_catalog.*=) %s"
            .formatted(image(TableCopy.OTHER, columns), image(RowMapping.ROW, columns)),
        primaryKey,
        lanes);
  }

  private static String of(String row, Identifier column) {
    return row + "." + column.quoted();
  }

  private static String image(String row, List<Column> columns) {
    return columns.stream()
        .map(column -> of(row, column.name()))
        .collect(Collectors.joining(", ", "ROW(", ")::record"));
  }

  @Override
  public String addPrimaryKey(TableName table, Identifier name, List<Identifier> columns) {
    return "ALTER TABLE %s ADD CONSTRAINT %s PRIMARY KEY (%s)"
        .formatted(
            table.quoted(),
            name.quoted(),
            columns.stream().map(Identifier::quoted).collect(Collectors.joining(", ")));
  }

  /** Before version 18 there are none. */
  @Override
  public String nameNotNulls(TableName copy, TableName after) {
    return PartitionText.block(
        """
        FOR r IN
          SELECT c.conname, pg_catalog.concat(%3$s, pg_catalog.substr(c.conname, pg_catalog.length(%2$s) + 1)) AS name
          FROM pg_catalog.pg_constraint c
          WHERE c.conrelid = %1$s AND c.contype = 'n' AND pg_catalog.starts_with(c.conname, %2$s)
        LOOP
          EXECUTE pg_catalog.format('ALTER TABLE %%s RENAME CONSTRAINT %%I TO %%I', %4$s, r.conname, r.name);
        END LOOP;"""
            .formatted(
                PartitionText.regclass(copy),
                Literal.of(copy.name().value()),
                Literal.of(after.name().value()),
                Literal.of(copy.quoted())));
  }

  @Override
  public List<String> tuneLike(TableName copy, Identifier like, Identifier index) {
    return List.of(
        PartitionText.block(
            """
            FOR r IN
              SELECT pg_catalog.array_to_string(c.reloptions, ', ') AS options
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_class t ON t.oid = %1$s
              WHERE c.oid = %2$s AND c.reloptions IS NOT NULL AND t.relkind = 'r'
            LOOP
              EXECUTE pg_catalog.format('ALTER INDEX %%s SET (%%s)', %3$s, r.options);
            END LOOP;"""
                .formatted(
                    PartitionText.regclass(copy),
                    PartitionText.regclass(new TableName(copy.schema(), like)),
                    Literal.of(new TableName(copy.schema(), index).quoted()))));
  }

  @Override
  public List<String> dress(TableName from, TableName to) {
    String old = PartitionText.regclass(from);
    String now = PartitionText.regclass(to);
    String name = Literal.of(to.quoted());
    return Stream.of(
            """
            -- Where neither has any, none are written down: they are those that every owner has.
            FOR r IN
              SELECT DISTINCT '' AS columns,
                     CASE a.grantee WHEN 0 THEN 'PUBLIC'
                       ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END AS grantee
              FROM pg_catalog.pg_class c, pg_catalog.aclexplode(c.relacl) a WHERE c.oid = %2$s
              UNION ALL
              SELECT pg_catalog.format(' (%%I)', t.attname),
                     CASE a.grantee WHEN 0 THEN 'PUBLIC'
                       ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END
              FROM pg_catalog.pg_attribute t, pg_catalog.aclexplode(t.attacl) a WHERE t.attrelid = %2$s
            LOOP
              EXECUTE pg_catalog.format('REVOKE ALL%%s ON %%s FROM %%s CASCADE', r.columns, %3$s, r.grantee);
            END LOOP;
            FOR r IN
              SELECT pg_catalog.format('GRANT %%s%%s ON %%s TO %%s%%s', g.privilege_type,
                       CASE WHEN g.attname IS NULL THEN '' ELSE pg_catalog.format(' (%%I)', g.attname) END,
                       %3$s,
                       CASE g.grantee WHEN 0 THEN 'PUBLIC'
                         ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(g.grantee)) END,
                       CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS words
              FROM (
                SELECT a.privilege_type, a.grantee, a.is_grantable AND a.grantee <> c.relowner AS is_grantable,
                       NULL::pg_catalog.name AS attname
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_class n ON n.oid = %2$s,
                     pg_catalog.aclexplode(coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner))) a
                WHERE c.oid = %1$s AND (c.relacl IS NOT NULL OR n.relacl IS NOT NULL)
                UNION ALL
                SELECT a.privilege_type, a.grantee, a.is_grantable, t.attname
                FROM pg_catalog.pg_attribute t, pg_catalog.aclexplode(t.attacl) a
                WHERE t.attrelid = %1$s AND t.attnum > 0 AND NOT t.attisdropped) g
            LOOP
              EXECUTE r.words;
            END LOOP;""",
            """
            FOR r IN
              SELECT pg_catalog.obj_description(%1$s, 'pg_class') AS words
            LOOP
              EXECUTE pg_catalog.format('COMMENT ON TABLE %%s IS %%L', %3$s, r.words);
            END LOOP;
            FOR r IN
              SELECT a.attname, coalesce(a.attstattarget, -1) AS target,
                     coalesce(b.attstattarget, -1) AS before,
                     pg_catalog.array_to_string(a.attoptions, ', ') AS options,
                     pg_catalog.col_description(a.attrelid, a.attnum) AS words
              FROM pg_catalog.pg_attribute a
              JOIN pg_catalog.pg_attribute b ON b.attrelid = %2$s AND b.attname = a.attname
              WHERE a.attrelid = %1$s AND a.attnum > 0 AND NOT a.attisdropped
            LOOP
              IF r.target <> r.before THEN
                EXECUTE pg_catalog.format('ALTER TABLE %%s ALTER COLUMN %%I SET STATISTICS %%s', %3$s, r.attname, r.target);
              END IF;
              IF r.options IS NOT NULL THEN
                EXECUTE pg_catalog.format('ALTER TABLE %%s ALTER COLUMN %%I SET (%%s)', %3$s, r.attname, r.options);
              END IF;
              EXECUTE pg_catalog.format('COMMENT ON COLUMN %%s.%%I IS %%L', %3$s, r.attname, r.words);
            END LOOP;""")
        .map(body -> PartitionText.block(body.formatted(old, now, name)))
        .toList();
  }

  @Override
  public List<String> moveIdentity(
      TableName from, TableName to, Identifier column, Column.Identity identity) {
    return IdentityMove.of(from, column, to, column, identity);
  }

  @Override
  public String moveSequence(Column.OwnedSequence sequence, TableName to, Identifier column) {
    return OwnSequence.belonging(sequence.name(), to, column);
  }

  @Override
  public Check nothingCame(TableName now, Table table, Optional<Identifier> ours) {
    return new Check(
        """
        SELECT NOT EXISTS (
          SELECT FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
          WHERE i.indrelid = t.oid AND c.relname <> ALL (%2$s))
        AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_constraint
          WHERE conrelid = t.oid AND contype NOT IN ('n', 't') AND conname <> ALL (%3$s)
             OR confrelid = t.oid)
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgrelid = t.oid AND NOT tgisinternal)
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_policy WHERE polrelid = t.oid)
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_rewrite WHERE ev_class = t.oid)
        AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_inherits
          WHERE inhrelid = t.oid OR inhparent = t.oid AND t.relkind <> 'p')
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_statistic_ext WHERE stxrelid = t.oid)
        AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_publication_tables p
          WHERE (p.schemaname, p.tablename) = (n.nspname, t.relname)
            AND p.pubname NOT LIKE 'gatefold\\_%%')
        AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_depend d
          WHERE (d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = t.oid
                 OR d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
                    AND d.refobjid IN (t.reltype, (SELECT y.typarray FROM pg_catalog.pg_type y
                                                   WHERE y.oid = t.reltype)))
            AND d.deptype = 'n'
            AND d.classid IN ('pg_catalog.pg_rewrite'::pg_catalog.regclass,
                              'pg_catalog.pg_proc'::pg_catalog.regclass,
                              'pg_catalog.pg_class'::pg_catalog.regclass,
                              'pg_catalog.pg_type'::pg_catalog.regclass))
        AND t.relreplident = 'd' AND NOT t.relrowsecurity
        FROM pg_catalog.pg_class t JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
        WHERE t.oid = %1$s"""
            .formatted(
                PartitionText.regclass(now),
                names(Stream.concat(table.indexes().stream().map(Index::name), ours.stream())),
                names(table.constraints().stream().map(Constraint::name))),
        """
        something has come to %s since the plan was made (an index, a constraint, a trigger, a view, a \
        policy, a publication) that the other table does not have"""
            .formatted(now));
  }

  private static String names(Stream<Identifier> names) {
    return names
        .map(name -> Literal.of(name.value()))
        .collect(Collectors.joining(", ", "ARRAY[", "]::pg_catalog.text[]"));
  }

  @Override
  public Check columnsAreAlike(TableName table, TableName copy, List<Identifier> notNull) {
    String these = columns(table, notNull);
    String those = columns(copy, notNull);
    return new Check(
        """
        SELECT NOT EXISTS (%1$s EXCEPT ALL %2$s) AND NOT EXISTS (%2$s EXCEPT ALL %1$s)"""
            .formatted(these, those),
        "columns, defaults, checks or the owner of %s were changed since the other table was made"
            .formatted(table));
  }

  /** A primary key brings NOT NULL. */
  private static String columns(TableName table, List<Identifier> notNull) {
    return
"""
        (SELECT a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod),
                concat_ws(' ', a.attcollation, a.attgenerated,
                          a.attnotnull AND a.attname <> ALL (%2$s),
                          pg_catalog.pg_get_expr(d.adbin, d.adrelid))
         FROM pg_catalog.pg_attribute a
         LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
         WHERE a.attrelid = %1$s AND a.attnum > 0 AND NOT a.attisdropped
         UNION ALL
         SELECT c.conname, 'check', pg_catalog.pg_get_constraintdef(c.oid)
         FROM pg_catalog.pg_constraint c WHERE c.conrelid = %1$s AND c.contype = 'c'
         UNION ALL
         SELECT 'owner', '', t.relowner::text FROM pg_catalog.pg_class t WHERE t.oid = %1$s
)"""
        .formatted(PartitionText.regclass(table), names(notNull.stream()));
  }

  @Override
  public Check parametersAreAlike(TableName table, TableName copy) {
    return new Check(
        """
        SELECT NOT EXISTS (%s EXCEPT %s)"""
            .formatted(parameters(table), parameters(copy)),
        "storage parameters of %s were changed since the other table was made".formatted(table));
  }

  private static String parameters(TableName table) {
    return """
        (SELECT coalesce(t.reloptions, '{}'), coalesce(s.reloptions, '{}')
         FROM pg_catalog.pg_class t LEFT JOIN pg_catalog.pg_class s ON s.oid = t.reltoastrelid
         WHERE t.relkind = 'r' AND (t.oid = %1$s OR t.oid IN (
           SELECT i.inhrelid FROM pg_catalog.pg_inherits i WHERE i.inhparent = %1$s)))"""
        .formatted(PartitionText.regclass(table));
  }
}
