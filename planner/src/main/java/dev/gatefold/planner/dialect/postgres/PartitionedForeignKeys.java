package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;

/** Foreign keys, and what they have in common with checks, on the partitions of a table. */
final class PartitionedForeignKeys {

  private PartitionedForeignKeys() {}

  static String addForeignKeyLeaves(TableName table, Identifier constraint, String definition) {
    return PartitionText.block(
        """
        FOR r IN SELECT t.relid AS tab FROM pg_catalog.pg_partition_tree(%s) t
                 WHERE t.isleaf ORDER BY t.relid
        LOOP
          EXECUTE pg_catalog.format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s NOT VALID',
                                    r.tab, %s, %s);
        END LOOP;"""
            .formatted(
                PartitionText.regclass(table),
                Literal.of(constraint.value()),
                Literal.of(definition)));
  }

  static String validateLeaves(TableName table, Identifier constraint) {
    return """
    SELECT pg_catalog.format('ALTER TABLE %%I.%%I VALIDATE CONSTRAINT %%I',
                             n.nspname, c.relname, k.conname)
    FROM pg_catalog.pg_partition_tree(%s) t
    JOIN pg_catalog.pg_class c ON c.oid = t.relid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_constraint k ON k.conrelid = t.relid AND k.conname = %s
    WHERE t.isleaf AND NOT k.convalidated
    ORDER BY t.relid"""
        .formatted(PartitionText.regclass(table), Literal.of(constraint.value()));
  }

  static Check leavesAreValid(TableName table, Identifier constraint) {
    return new Check(
        "SELECT NOT EXISTS (" + invalidLeaves(table, constraint) + ")",
        "a partition of %s lacks the constraint %s, validated"
            .formatted(table, constraint.quoted()));
  }

  private static String invalidLeaves(TableName table, Identifier constraint) {
    return """
    SELECT FROM pg_catalog.pg_partition_tree(%s) t
    WHERE t.isleaf AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_constraint k
      WHERE k.conrelid = t.relid AND k.conname = %s AND k.convalidated)"""
        .formatted(PartitionText.regclass(table), Literal.of(constraint.value()));
  }

  static String addForeignKeyRoot(TableName table, Identifier constraint, String definition) {
    return "ALTER TABLE %s ADD CONSTRAINT %s %s"
        .formatted(table.quoted(), constraint.quoted(), definition);
  }

  static String dropForeignKeyLeaves(TableName table, Identifier constraint) {
    return PartitionText.block(
        """
        FOR r IN SELECT t.relid AS tab, k.conname AS name
                 FROM pg_catalog.pg_partition_tree(%s) t
                 JOIN pg_catalog.pg_constraint k ON k.conrelid = t.relid AND k.conparentid = 0
                 WHERE t.isleaf AND k.conname = %s
                 ORDER BY t.relid
        LOOP
          EXECUTE pg_catalog.format('ALTER TABLE %%s DROP CONSTRAINT %%I', r.tab, r.name);
        END LOOP;"""
            .formatted(PartitionText.regclass(table), Literal.of(constraint.value())));
  }

  static String tradeForeignKeyNames(
      TableName table, Identifier from, Identifier to, Identifier parked) {
    return PartitionText.block(
        """
        FOR r IN
          %s
          SELECT f.conrelid::pg_catalog.regclass AS tab, f.conname AS name, x.conname AS latter
          %s
          ORDER BY f.conrelid
        LOOP
          EXECUTE pg_catalog.format('ALTER TABLE %%s RENAME CONSTRAINT %%I TO %%I',
                                    r.tab, r.name, %s);
          EXECUTE pg_catalog.format('ALTER TABLE %%s RENAME CONSTRAINT %%I TO %%I',
                                    r.tab, r.latter, r.name);
        END LOOP;"""
            .formatted(
                constraintTrees(table, from, to),
                bothConstraints(from, to),
                Literal.of(parked.value())));
  }

  static String carryConstraintComments(TableName table, Identifier from, Identifier to) {
    return PartitionText.block(
        """
        FOR r IN
          %s
          SELECT pg_catalog.format('CONSTRAINT %%I ON %%s', x.conname,
                                   x.conrelid::pg_catalog.regclass) AS object,
                 pg_catalog.obj_description(f.oid, 'pg_constraint') AS words
          %s
        %s"""
            .formatted(
                constraintTrees(table, from, to),
                bothConstraints(from, to),
                PartitionText.COMMENT));
  }

  /** Two constraints and their like on the partitions: a check goes down by name. */
  private static String constraintTrees(TableName table, Identifier from, Identifier to) {
    return """
    WITH RECURSIVE tree AS (
            SELECT c.oid, c.conrelid, c.conname, c.conname AS root, c.contype, 0 AS level
            FROM pg_catalog.pg_constraint c
            WHERE c.conrelid = %s AND c.conname IN (%s, %s)
            UNION ALL
            SELECT c.oid, c.conrelid, c.conname, t.root, c.contype, t.level + 1
            FROM tree t
            JOIN pg_catalog.pg_inherits i ON i.inhparent = t.conrelid
            JOIN pg_catalog.pg_constraint c ON c.conrelid = i.inhrelid
             AND (c.conparentid = t.oid OR c.contype = 'c' AND c.conname = t.conname)
          )"""
        .formatted(PartitionText.regclass(table), Literal.of(from.value()), Literal.of(to.value()));
  }

  private static String bothConstraints(Identifier from, Identifier to) {
    return """
    FROM tree f JOIN tree x ON x.conrelid = f.conrelid AND x.root = %s
          WHERE f.root = %s AND f.level > 0"""
        .formatted(Literal.of(to.value()), Literal.of(from.value()));
  }
}
