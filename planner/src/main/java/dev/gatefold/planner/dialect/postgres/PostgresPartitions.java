package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.Partitions;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import java.util.List;

/** Partitions of PostgreSQL 14 and later, which tells them with their level. */
final class PostgresPartitions implements Partitions {

  @Override
  public List<String> indexRoot(
      TableName table, Identifier index, boolean unique, String definition) {
    return List.of(
        "CREATE %sINDEX %s ON ONLY %s %s"
            .formatted(unique ? "UNIQUE " : "", index.quoted(), table.quoted(), definition),
        onBranches(
            table,
            index,
            "CREATE %sINDEX %%I ON ONLY %%I.%%I %%s".formatted(unique ? "UNIQUE " : ""),
            definition));
  }

  @Override
  public List<String> uniqueRoot(TableName table, Identifier constraint, String definition) {
    return List.of(
        "ALTER TABLE ONLY %s ADD CONSTRAINT %s %s"
            .formatted(table.quoted(), constraint.quoted(), definition),
        onBranches(
            table, constraint, "ALTER TABLE ONLY %2$I.%3$I ADD CONSTRAINT %1$I %4$s", definition));
  }

  private static String onBranches(
      TableName table, Identifier index, String statement, String definition) {
    return PartitionText.block(
        """
        FOR r IN
          SELECT t.relid::pg_catalog.oid, n.nspname, c.relname, %s AS above
          FROM pg_catalog.pg_partition_tree(%s) t
          JOIN pg_catalog.pg_class c ON c.oid = t.relid
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_catalog.pg_class p ON p.oid = t.parentrelid
          JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
          WHERE NOT t.isleaf AND t.level > 0
          ORDER BY t.level, t.relid
        LOOP
          EXECUTE pg_catalog.format(%s, %s, r.nspname, r.relname, %s);
          EXECUTE pg_catalog.format('ALTER INDEX %%s ATTACH PARTITION %%I.%%I',
                                    r.above, r.nspname, %s);
        END LOOP;"""
            .formatted(
                "CASE t.level WHEN 1 THEN %s ELSE pg_catalog.format('%%I.%%I', pn.nspname, %s) END"
                    .formatted(
                        Literal.of(table.schema().quoted() + "." + index.quoted()),
                        PartitionText.nameOn(index, "p.oid")),
                PartitionText.regclass(table),
                Literal.of(statement),
                PartitionText.nameOn(index, "r.relid"),
                Literal.of(definition),
                PartitionText.nameOn(index, "r.relid")));
  }

  @Override
  public String indexLeaves(TableName table, Identifier index, boolean unique, String definition) {
    return """
    SELECT pg_catalog.format(
      'CREATE %sINDEX CONCURRENTLY %%I ON %%I.%%I %%s', %s, n.nspname, c.relname, %s)
    FROM pg_catalog.pg_partition_tree(%s) t
    JOIN pg_catalog.pg_class c ON c.oid = t.relid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE t.isleaf AND NOT %s
    ORDER BY t.relid"""
        .formatted(
            unique ? "UNIQUE " : "",
            PartitionText.nameOn(index, "t.relid::pg_catalog.oid"),
            Literal.of(definition),
            PartitionText.regclass(table),
            served(table, index));
  }

  @Override
  public String dropInvalidLeaves(TableName table, Identifier index) {
    return """
    SELECT pg_catalog.format('DROP INDEX CONCURRENTLY IF EXISTS %%I.%%I', n.nspname, i.relname)
    %s AND NOT x.indisvalid"""
        .formatted(builtLeaves(table, index));
  }

  @Override
  public Check leavesAreIndexed(TableName table, Identifier index) {
    return new Check(
        """
        SELECT NOT EXISTS (
          SELECT FROM pg_catalog.pg_partition_tree(%s) t
          JOIN pg_catalog.pg_class c ON c.oid = t.relid
          WHERE t.isleaf AND NOT %s)"""
            .formatted(PartitionText.regclass(table), served(table, index)),
        "a partition of %s lacks the index %s".formatted(table, index.quoted()));
  }

  /** The partition {@code c} has the index: attached, or built under its name to be attached. */
  private static String served(TableName table, Identifier index) {
    return """
    (EXISTS (
        SELECT FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(%s)) it
        JOIN pg_catalog.pg_index x ON x.indexrelid = it.relid
        WHERE x.indrelid = c.oid)
      OR EXISTS (
        SELECT FROM pg_catalog.pg_index x
        JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
        WHERE x.indrelid = c.oid AND x.indisvalid AND i.relname = %s))"""
        .formatted(
            Literal.of(table.schema().quoted() + "." + index.quoted()),
            PartitionText.nameOn(index, "c.oid"));
  }

  private static String builtLeaves(TableName table, Identifier index) {
    return """
    FROM pg_catalog.pg_partition_tree(%s) t
    JOIN pg_catalog.pg_class c ON c.oid = t.relid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_index x ON x.indrelid = t.relid
    JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
    WHERE t.isleaf AND i.relname = %s AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid = x.indexrelid)"""
        .formatted(PartitionText.regclass(table), PartitionText.nameOn(index, "c.oid"));
  }

  @Override
  public String attachLeaves(TableName table, Identifier index) {
    return attach(table, index, "");
  }

  @Override
  public String attachUniqueLeaves(
      TableName table, Identifier constraint, boolean primary, String deferral) {
    return attach(
        table,
        constraint,
        """
        EXECUTE pg_catalog.format(
            'ALTER TABLE %%I.%%I ADD CONSTRAINT %%I %s USING INDEX %%I %s',
            r.nspname, r.relname, r.index, r.index);
        """
            .formatted(primary ? "PRIMARY KEY" : "UNIQUE", deferral));
  }

  private static String attach(TableName table, Identifier index, String adopt) {
    return PartitionText.block(
        """
        FOR r IN
          SELECT n.nspname, c.relname, i.relname AS index, (
            SELECT p.indexrelid::pg_catalog.regclass
            FROM pg_catalog.pg_partition_tree(%1$s) it
            JOIN pg_catalog.pg_index p ON p.indexrelid = it.relid
            WHERE p.indrelid = t.parentrelid) AS above
          %2$s
          ORDER BY t.relid
        LOOP
          %3$sEXECUTE pg_catalog.format('ALTER INDEX %%s ATTACH PARTITION %%I.%%I',
                                    r.above, r.nspname, r.index);
        END LOOP;
        IF NOT (SELECT indisvalid FROM pg_catalog.pg_index WHERE indexrelid = %1$s) THEN
          RAISE EXCEPTION 'a partition lacks its part of index %%', %1$s;
        END IF;"""
            .formatted(
                PartitionText.regclass(new TableName(table.schema(), index)),
                builtLeaves(table, index),
                adopt));
  }

  @Override
  public String inheritNotNullAgain(TableName table, List<Identifier> columns) {
    return PartitionedNotNull.inheritAgain(table, columns);
  }

  @Override
  public String dropUnattachedLeaves(TableName table, Identifier index) {
    return PartitionText.block(
        """
        FOR r IN SELECT n.nspname, i.relname AS index
          %s
        LOOP
          EXECUTE pg_catalog.format('DROP INDEX %%I.%%I', r.nspname, r.index);
        END LOOP;"""
            .formatted(builtLeaves(table, index)));
  }

  @Override
  public String tradeIndexNames(
      TableName table, Identifier from, Identifier to, Identifier parked) {
    return PartitionText.block(
        """
        FOR r IN
          SELECT pg_catalog.format('%%I.%%I', n.nspname, c.relname) AS former,
                 CASE WHEN ft.level = 0 THEN %1$s ELSE %2$s END AS parked,
                 x.indexrelid::pg_catalog.regclass AS latter, c.relname AS name
          %3$s
          JOIN pg_catalog.pg_class c ON c.oid = f.indexrelid
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          ORDER BY ft.level, ft.relid
        LOOP
          EXECUTE pg_catalog.format('ALTER INDEX %%s RENAME TO %%I', r.former, r.parked);
          EXECUTE pg_catalog.format('ALTER INDEX %%s RENAME TO %%I', r.latter, r.name);
        END LOOP;"""
            .formatted(
                Literal.of(parked.value()),
                PartitionText.nameOn(parked, "f.indrelid"),
                bothIndexes(table, from, to)));
  }

  @Override
  public String renameIndexColumn(
      TableName table, Identifier index, Identifier from, Identifier to) {
    String name = table.schema().quoted() + "." + index.quoted();
    return """
    DO $gatefold$
    BEGIN
      EXECUTE %s;
    EXCEPTION WHEN undefined_column THEN
      NULL; -- It stands in an expression, which has a name of its own.
    END
    $gatefold$"""
        .formatted(
            Literal.of(
                "ALTER TABLE %s RENAME COLUMN %s TO %s"
                    .formatted(name, from.quoted(), to.quoted())));
  }

  @Override
  public String carryIndexComments(TableName table, Identifier from, Identifier to) {
    return PartitionText.block(
        """
        FOR r IN
          SELECT 'INDEX ' || x.indexrelid::pg_catalog.regclass::text AS object,
                 pg_catalog.obj_description(f.indexrelid, 'pg_class') AS words
          %1$s
          WHERE ft.level > 0
          UNION ALL
          SELECT pg_catalog.format('CONSTRAINT %%I ON %%s', xk.conname,
                                   x.indrelid::pg_catalog.regclass),
                 pg_catalog.obj_description(fk.oid, 'pg_constraint')
          %1$s
          JOIN pg_catalog.pg_constraint fk
            ON fk.conindid = f.indexrelid AND fk.conrelid = f.indrelid
          JOIN pg_catalog.pg_constraint xk
            ON xk.conindid = x.indexrelid AND xk.conrelid = x.indrelid
          WHERE ft.level > 0
        %2$s"""
            .formatted(bothIndexes(table, from, to), PartitionText.COMMENT));
  }

  /** Each part {@code f} of one index, at its place {@code ft}, and its like {@code x}. */
  private static String bothIndexes(TableName table, Identifier from, Identifier to) {
    return """
    FROM pg_catalog.pg_partition_tree(%s) ft
          JOIN pg_catalog.pg_index f ON f.indexrelid = ft.relid
          JOIN pg_catalog.pg_index x ON x.indrelid = f.indrelid
          JOIN pg_catalog.pg_partition_tree(%s) xt ON xt.relid = x.indexrelid"""
        .formatted(
            PartitionText.regclass(new TableName(table.schema(), from)),
            PartitionText.regclass(new TableName(table.schema(), to)));
  }

  @Override
  public String addForeignKeyLeaves(TableName table, Identifier constraint, String definition) {
    return PartitionedForeignKeys.addForeignKeyLeaves(table, constraint, definition);
  }

  @Override
  public String validateLeaves(TableName table, Identifier constraint) {
    return PartitionedForeignKeys.validateLeaves(table, constraint);
  }

  @Override
  public Check leavesAreValid(TableName table, Identifier constraint) {
    return PartitionedForeignKeys.leavesAreValid(table, constraint);
  }

  @Override
  public String addForeignKeyRoot(TableName table, Identifier constraint, String definition) {
    return PartitionedForeignKeys.addForeignKeyRoot(table, constraint, definition);
  }

  @Override
  public String dropForeignKeyLeaves(TableName table, Identifier constraint) {
    return PartitionedForeignKeys.dropForeignKeyLeaves(table, constraint);
  }

  @Override
  public String tradeForeignKeyNames(
      TableName table, Identifier from, Identifier to, Identifier parked) {
    return PartitionedForeignKeys.tradeForeignKeyNames(table, from, to, parked);
  }

  @Override
  public String carryConstraintComments(TableName table, Identifier from, Identifier to) {
    return PartitionedForeignKeys.carryConstraintComments(table, from, to);
  }

  @Override
  public Check partitionsAre(long table, List<Long> partitions) {
    return new Check(
        """
        SELECT ARRAY(SELECT t.relid::pg_catalog.oid
                     FROM pg_catalog.pg_partition_tree(%d::pg_catalog.oid::pg_catalog.regclass) t
                     WHERE t.level > 0 ORDER BY 1)
          = ARRAY(SELECT unnest('{%s}'::pg_catalog.oid[]) ORDER BY 1)"""
            .formatted(table, String.join(",", partitions.stream().map(String::valueOf).toList())),
        "a partition was attached or detached since the plan was made");
  }

  @Override
  public Check nothingOfTheirOwn(long table, Identifier column) {
    return new Check(
        """
        SELECT NOT EXISTS (
          SELECT FROM pg_catalog.pg_partition_tree(%1$d::pg_catalog.oid::pg_catalog.regclass) t
          JOIN pg_catalog.pg_attribute a ON a.attrelid = t.relid AND a.attname = %2$s
          JOIN pg_catalog.pg_attribute p ON p.attrelid = %1$d AND p.attname = %2$s
          WHERE t.level > 0 AND (
            a.attnotnull <> p.attnotnull
            OR (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) FROM pg_catalog.pg_attrdef d
                WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum)
              IS DISTINCT FROM
              (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) FROM pg_catalog.pg_attrdef d
               WHERE d.adrelid = p.attrelid AND d.adnum = p.attnum)
            OR EXISTS (
              SELECT FROM pg_catalog.pg_constraint c
              WHERE c.conrelid = t.relid AND a.attnum = ANY (c.conkey) AND c.contype <> 'n'
                AND c.conparentid = 0 AND c.coninhcount = 0)
            OR EXISTS (
              SELECT FROM pg_catalog.pg_index x
              WHERE x.indrelid = t.relid
                AND NOT EXISTS (
                  SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid = x.indexrelid)
                AND (a.attnum = ANY (x.indkey::int2[]) OR EXISTS (
                  SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                    AND d.objid = x.indexrelid
                    AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                    AND d.refobjid = x.indrelid AND d.refobjsubid = a.attnum)))))"""
            .formatted(table, Literal.of(column.value())),
        "a partition has an index, constraint, default or NOT NULL of its own on the column %s, which"
                .formatted(column.quoted())
            + " would get lost");
  }
}
