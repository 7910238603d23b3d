package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.dialect.FillSpec;
import dev.gatefold.planner.dialect.FillSpec.Filled;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.SyncMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The BEFORE ROW triggers that fill columns of a table: on INSERT, and on an UPDATE of a new column
 * that has no value yet. A write of NULL over a value stays: somebody meant it. They fire ALWAYS,
 * so that replicated rows are filled too; a row that has its values pays a comparison and no call.
 */
final class FillTriggers {

  List<String> create(FillSpec fill, SyncMode mode) {
    List<String> sql = new ArrayList<>();
    sql.add(function(fill, mode));
    sql.addAll(
        trigger(fill, "INSERT", fill.insertTrigger(), condition(fill, FillTriggers::isMissing)));
    if (!fill.insertsOnly()) {
      sql.addAll(
          trigger(
              fill, "UPDATE", fill.updateTrigger(), condition(fill, FillTriggers::isStillMissing)));
    }
    return sql;
  }

  private static List<String> trigger(
      FillSpec fill, String event, Identifier name, String condition) {
    return List.of(
        TriggerSql.before(event, fill.table(), name, condition, fill.function()),
        TriggerSql.always(fill.table(), name));
  }

  List<String> drop(FillSpec fill) {
    List<String> sql = new ArrayList<>();
    sql.add(TriggerSql.drop(fill.table(), fill.insertTrigger()));
    if (!fill.insertsOnly()) {
      sql.add(TriggerSql.drop(fill.table(), fill.updateTrigger()));
    }
    sql.add(TriggerSql.dropFunction(fill.function()));
    return sql;
  }

  private interface Condition {
    String of(Filled column);
  }

  private static String condition(FillSpec fill, Condition condition) {
    return fill.columns().stream().map(condition::of).collect(Collectors.joining("\n    OR "));
  }

  private static String isMissing(Filled column) {
    return "NEW." + column.column().quoted() + " IS NULL";
  }

  static String isStillMissing(Filled column) {
    return "(%s AND OLD.%s IS NULL)".formatted(isMissing(column), column.column().quoted());
  }

  private static String function(FillSpec fill, SyncMode mode) {
    String body = statements(fill.change(), fill.table(), fill.columns(), mode);
    String quote = TriggerSql.quoteFor(body);
    // SECURITY DEFINER: the value may need what whoever writes has no right to.
    return """
    CREATE OR REPLACE FUNCTION %s() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO pg_catalog, pg_temp SET standard_conforming_strings TO on
    %s
    AS %s
    BEGIN
    %s
      RETURN NEW;
    END
    %s\
    """
        .formatted(fill.function().quoted(), TriggerSql.STEADY, quote, body, quote);
  }

  /** What fills each column of a row that nobody gave a value. */
  static String statements(
      ChangeName change, TableName table, List<Filled> columns, SyncMode mode) {
    return columns.stream()
        .map(column -> filled(change, table, column, mode))
        .collect(Collectors.joining("\n"));
  }

  /** Until the backfill has ended a row may stay without: it is found, and named, there. */
  private static String filled(ChangeName change, TableName table, Filled column, SyncMode mode) {
    String name = column.column().quoted();
    return """
    IF NEW.%1$s IS NULL AND (TG_OP = 'INSERT' OR OLD.%1$s IS NULL) THEN
      BEGIN
        NEW.%1$s := %2$s;
      EXCEPTION WHEN OTHERS THEN
        %3$s
      END;
    END IF;\
    """
        .formatted(
            name,
            column.value().over("NEW"),
            mode == SyncMode.FILL ? "NEW." + name + " := NULL;" : refusal(change, table, column));
  }

  private static String refusal(ChangeName change, TableName table, Filled column) {
    return """
    RAISE EXCEPTION USING
            ERRCODE = 'GF001', MESSAGE = %s, DETAIL = SQLERRM,
            HINT = 'Write a value for the column, or values that the change can make one of.',
            SCHEMA = %s, TABLE = %s, COLUMN = %s;\
    """
        .formatted(
            Literal.of(
                "change %s: no value can be made for %s.%s of this row"
                    .formatted(change, table, column.column())),
            Literal.of(table.schema().value()),
            Literal.of(table.name().value()),
            Literal.of(column.column().value()));
  }
}
