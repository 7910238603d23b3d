package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.MoveSpec;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.SyncMode;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The bodies of the functions that keep columns of two tables in step, on the table that they
 * leave, and what those on the other one have in common with them. They read the rows as they are
 * by now, not as the trigger saw them: another trigger may have written meanwhile.
 */
final class MoveBodies {

  private static final String OWN_PATH =
      "PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);";

  private final MoveSpec move;
  private final SyncMode mode;
  private final MoveRows rows;

  MoveBodies(MoveSpec move, SyncMode mode) {
    this.move = move;
    this.mode = mode;
    this.rows = new MoveRows(move);
  }

  /**
   * SECURITY DEFINER: whoever writes one table may have no right to the other. A column may have
   * the name of a variable, such as {@code found}; what has to be a variable beside columns has a
   * name of ours.
   */
  static String function(MoveSpec move, TableName name, String statements) {
    String quote = TriggerSql.quoteFor(statements);
    return """
    CREATE OR REPLACE FUNCTION %s() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO %s SET standard_conforming_strings TO on
    AS %s
    #variable_conflict use_column
    %s
    %s"""
        .formatted(name.quoted(), path(move), quote, statements, quote);
  }

  /**
   * In which the users' triggers are called. Never the session's: they run with the owner's rights
   * then, and whoever may write rows could give them functions of his own.
   */
  private static String path(MoveSpec move) {
    return Stream.of(
            "pg_catalog",
            move.target().table().schema().quoted(),
            move.source().table().schema().quoted(),
            "public",
            "pg_temp")
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** A write of the old shape is carried to the row that belongs to it, if there is one. */
  String sourceWritten() {
    return writing(
        "gatefold_place tid; known record; setting text;",
        """
        SELECT p.ctid INTO gatefold_place FROM %1$s JOIN %2$s ON %3$s
        WHERE %4$s AND (%5$s) FOR NO KEY UPDATE OF p;
        SELECT * INTO known FROM %2$s WHERE %4$s;"""
            .formatted(
                rows.target(),
                rows.source(),
                rows.sourceOfTarget("p"),
                rows.sourceOfSource("NEW"),
                rows.differ()),
        """
        IF gatefold_place IS NOT NULL THEN
        %s
        END IF;
        RETURN NULL;"""
            .formatted(
                during(
                    move.target().carrying(),
                    "UPDATE %s SET %s WHERE p.ctid OPERATOR(pg_catalog.=) gatefold_place;"
                        .formatted(
                            rows.target(),
                            rows.each(
                                ", ",
                                it ->
                                    it.target().quoted()
                                        + " = "
                                        + MoveRows.of("known", it.source()))))));
  }

  /**
   * A body that writes the other table. What it looks for it looks for in the server's own schema,
   * so that nobody can slip in an operator; what it writes, it writes in the path of the function,
   * for the triggers of the users on the other table are called then. There, no operator is looked
   * up.
   */
  static String writing(String declared, String looks, String writes) {
    return """
    DECLARE
      path CONSTANT text := pg_catalog.current_setting('search_path');
      %s
    BEGIN
      %s
    %s
      PERFORM pg_catalog.set_config('search_path', path, true);
    %s
    END"""
        .formatted(declared, OWN_PATH, looks, writes);
  }

  /**
   * At the end of the transaction: values without a row to go to.
   *
   * @param key finds the row of the source by that of the trigger
   */
  String missing(String record, UnaryOperator<String> key) {
    return move.made()
        .map(made -> made(made, key.apply(record)))
        .orElse(refused(key.apply(record)));
  }

  /**
   * The row of the source is locked first: between the look at it and the row that is made nobody
   * may write it. Who made another row meanwhile has not seen what this transaction wrote.
   */
  private String made(MoveSpec.Made made, String key) {
    return writing(
        "known record; lacks boolean; mark smallint;",
        """
        mark := %6$s;
        PERFORM FROM %1$s WHERE %2$s FOR NO KEY UPDATE;
        SELECT * INTO known FROM %1$s
        WHERE %2$s AND (%3$s) AND NOT EXISTS (SELECT FROM %4$s WHERE %5$s);
        lacks := FOUND;"""
            .formatted(
                rows.source(),
                key,
                rows.sourceIsSet("s"),
                rows.target(),
                rows.targetOfSource("s"),
                mode == SyncMode.FILL
                    ? "CASE WHEN %s THEN %d ELSE %d END"
                        .formatted(isBackfill(), MoveSpec.Made.BY_BACKFILL, MoveSpec.Made.BY_WRITE)
                    : String.valueOf(MoveSpec.Made.BY_BACKFILL)),
        """
        IF lacks THEN
        %s
        END IF;
        RETURN NULL;"""
            .formatted(mode == SyncMode.FILL ? tolerant(inserted(made)) : inserted(made)));
  }

  private String inserted(MoveSpec.Made made) {
    return """
    INSERT INTO %s %s AS p (%s, %s) VALUES (%s, mark)
    ON CONFLICT (%s) DO UPDATE SET %s;"""
        .formatted(
            move.target().table().quoted(),
            RowMapping.MARK,
            rows.listed(pair -> pair.target().quoted(), it -> it.target().quoted()),
            made.mark().quoted(),
            rows.listed(
                pair -> MoveRows.of("known", pair.source()),
                it -> MoveRows.of("known", it.source())),
            rows.targetKey(),
            rows.each(
                ", ", it -> it.target().quoted() + " = " + MoveRows.of("EXCLUDED", it.target())));
  }

  /** Until all rows are filled it is the backfill that says which rows cannot be made. */
  private static String tolerant(String statement) {
    return """
    BEGIN
      %s
    EXCEPTION WHEN integrity_constraint_violation OR raise_exception THEN
      IF mark OPERATOR(pg_catalog.=) %d THEN
        RAISE;
      END IF;
    END;"""
        .formatted(statement, MoveSpec.Made.BY_BACKFILL);
  }

  private String refused(String key) {
    return """
    BEGIN
      IF %sEXISTS (
        SELECT FROM %s
        WHERE %s AND (%s)
          AND NOT EXISTS (SELECT FROM %s WHERE %s)) THEN
        %s
      END IF;
      RETURN NULL;
    END"""
        .formatted(
            // Until all rows are filled it is the backfill that says which rows lack one.
            mode == SyncMode.FILL ? isBackfill() + "\n    AND " : "",
            rows.source(),
            key,
            rows.sourceIsSet("s"),
            rows.target(),
            rows.targetOfSource("s"),
            refusal(
                "GF001",
                "a row of %s has values for %s, which has no row for it"
                    .formatted(move.source().table(), move.target().table()),
                "Insert the row of %s in the same transaction, or leave these columns NULL."
                    .formatted(move.target().table())));
  }

  private String isBackfill() {
    return SettingSql.isSet(move.source().skipSetting());
  }

  /** A row of the source that goes, or gets another key, knows of no row that was made for it. */
  String sourceLeaves(MoveSpec.Made made) {
    return writing(
        "gatefold_place tid; setting text; goes boolean;",
        """
        goes := TG_OP = 'DELETE';
        %s"""
            .formatted(inTheWay(made, rows.targetOfSource("OLD"))),
        """
        %s
        IF goes THEN
          RETURN OLD;
        END IF;
        RETURN NEW;"""
            .formatted(givenWay()));
  }

  String inTheWay(MoveSpec.Made made, String key) {
    return "SELECT p.ctid INTO gatefold_place FROM %s WHERE %s AND %s IS NOT NULL FOR UPDATE;"
        .formatted(rows.target(), key, MoveRows.of("p", made.mark()));
  }

  /** Takes a row that was made out of the way, but not its values. */
  String givenWay() {
    return """
    IF gatefold_place IS NOT NULL THEN
    %s
    END IF;"""
        .formatted(
            during(
                move.target().givingWay(),
                "DELETE FROM %s WHERE p.ctid OPERATOR(pg_catalog.=) gatefold_place;"
                    .formatted(rows.target())));
  }

  /** A statement whose writes other triggers of ours know by a setting. */
  private static String during(String whole, String statement) {
    return """
      setting := pg_catalog.current_setting(%1$s, true);
      PERFORM pg_catalog.set_config(%1$s, %2$s, true);
      %3$s
      PERFORM pg_catalog.set_config(%1$s, coalesce(setting, ''), true);"""
        .formatted(SettingSql.name(whole), SettingSql.value(whole), statement);
  }

  String refusal(String state, String message, String hint) {
    Identifier column = rows.columns().get(0).target();
    return """
    RAISE EXCEPTION USING
            ERRCODE = '%s', MESSAGE = %s,
            HINT = %s, SCHEMA = %s, TABLE = %s, COLUMN = %s;"""
        .formatted(
            state,
            Literal.of("change %s: %s".formatted(move.change(), message)),
            Literal.of(hint),
            Literal.of(move.target().table().schema().value()),
            Literal.of(move.target().table().name().value()),
            Literal.of(column.value()));
  }
}
