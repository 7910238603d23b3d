package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.plan.Check;

/** Questions to {@code pg_catalog} by which a step makes sure that it touches what was meant. */
final class CatalogQuestions {

  private CatalogQuestions() {}

  static Check columnIs(long table, int attnum, Identifier name) {
    return new Check(
        """
        SELECT EXISTS (
          SELECT FROM pg_catalog.pg_attribute
          WHERE attrelid = %d AND attnum = %d AND attname = %s AND NOT attisdropped)"""
            .formatted(table, attnum, Literal.of(name.value())),
        "column %s is not the one that the plan was made for".formatted(name.quoted()));
  }

  static Check columnIsNew(long table, int lastAttnum, Identifier name) {
    return new Check(
        """
        SELECT EXISTS (
          SELECT FROM pg_catalog.pg_attribute
          WHERE attrelid = %d AND attnum > %d AND attname = %s AND NOT attisdropped)"""
            .formatted(table, lastAttnum, Literal.of(name.value())),
        "column %s is not the one that the plan added".formatted(name.quoted()));
  }

  static Check indexIsValid(Identifier schema, Identifier index) {
    return new Check(
        """
        SELECT EXISTS (
          SELECT FROM pg_catalog.pg_index x
          JOIN pg_catalog.pg_class c ON c.oid = x.indexrelid
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = %s AND c.relname = %s AND x.indisvalid)"""
            .formatted(Literal.of(schema.value()), Literal.of(index.value())),
        "index %s is not there or not valid".formatted(index.quoted()));
  }

  static Check indexIsGone(Identifier schema, Identifier index) {
    return new Check(
        """
        SELECT NOT EXISTS (
          SELECT FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = %s AND c.relname = %s AND c.relkind IN ('i', 'I'))"""
            .formatted(Literal.of(schema.value()), Literal.of(index.value())),
        "index %s is still there".formatted(index.quoted()));
  }

  static Check constraintIsValid(long table, Identifier constraint) {
    return new Check(
        """
        SELECT EXISTS (
          SELECT FROM pg_catalog.pg_constraint
          WHERE conrelid = %d AND conname = %s AND convalidated)"""
            .formatted(table, Literal.of(constraint.value())),
        "constraint %s is not there or not validated".formatted(constraint.quoted()));
  }
}
