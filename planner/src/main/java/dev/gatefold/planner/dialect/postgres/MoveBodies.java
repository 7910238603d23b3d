package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.MoveSpec;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.SyncMode;
import java.util.function.UnaryOperator;

/**
 * The bodies of the functions that keep columns of two tables in step. They read the rows as they
 * are by now, not as the trigger saw them: another trigger may have written meanwhile.
 */
final class MoveBodies {

  private static final String SETTING_BEFORE = "  setting text;";

  private final MoveSpec move;
  private final SyncMode mode;
  private final MoveRows rows;

  MoveBodies(MoveSpec move, SyncMode mode) {
    this.move = move;
    this.mode = mode;
    this.rows = new MoveRows(move);
  }

  /** SECURITY DEFINER: whoever writes one table may have no right to the other. */
  static String function(TableName name, String statements) {
    String quote = TriggerSql.quoteFor(statements);
    return """
    CREATE OR REPLACE FUNCTION %s() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO pg_catalog, pg_temp SET standard_conforming_strings TO on
    AS %s
    %s
    %s"""
        .formatted(name.quoted(), quote, statements, quote);
  }

  /** A write of the old shape is carried to the row that belongs to it, if there is one. */
  String sourceWritten() {
    return """
    BEGIN
      UPDATE %s SET %s
      FROM %s
      WHERE %s AND %s
        AND (%s);
      RETURN NULL;
    END"""
        .formatted(
            rows.target(),
            rows.each(", ", it -> it.target().quoted() + " = " + MoveRows.of("s", it.source())),
            rows.source(),
            rows.sourceOfSource("NEW"),
            rows.targetOfSource("NEW"),
            rows.differ());
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
    return """
    BEGIN
      PERFORM FROM %1$s WHERE %2$s FOR NO KEY UPDATE;
      INSERT INTO %3$s %4$s AS p (%5$s, %6$s)
      SELECT %7$s, %8$s
      FROM %1$s
      WHERE %2$s AND (%9$s)
        AND NOT EXISTS (SELECT FROM %10$s WHERE %11$s)
      ON CONFLICT (%12$s) DO UPDATE SET %13$s;
      RETURN NULL;
    END"""
        .formatted(
            rows.source(),
            key,
            move.target().table().quoted(),
            RowMapping.MARK,
            rows.listed(pair -> pair.target().quoted(), it -> it.target().quoted()),
            made.mark().quoted(),
            rows.listed(
                pair -> MoveRows.of("s", pair.source()), it -> MoveRows.of("s", it.source())),
            mode == SyncMode.FILL
                ? "CASE WHEN %s THEN %d ELSE %d END"
                    .formatted(isBackfill(), MoveSpec.Made.BY_BACKFILL, MoveSpec.Made.BY_WRITE)
                : String.valueOf(MoveSpec.Made.BY_BACKFILL),
            rows.sourceIsSet("s"),
            rows.target(),
            rows.targetOfSource("s"),
            rows.targetKey(),
            rows.each(
                ", ", it -> it.target().quoted() + " = " + MoveRows.of("EXCLUDED", it.target())));
  }

  /**
   * An application writes what is its own into a row that was made: now it is the application's.
   */
  String adopted(MoveSpec.Made made) {
    return """
    BEGIN
      %s := NULL;
      RETURN NEW;
    END"""
        .formatted(MoveRows.of("NEW", made.mark()));
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
    String[] setting = move.source().skipSetting().split("=", 2);
    return "pg_catalog.current_setting(%s, true) IS NOT DISTINCT FROM %s"
        .formatted(Literal.of(setting[0]), Literal.of(setting[1]));
  }

  /** The same of a row of the target that went; both ways it has taken its values along. */
  String missingTarget() {
    return missing("OLD", rows::sourceOfTarget);
  }

  /** A row of the source that goes, or gets another key, knows of no row that was made for it. */
  String sourceLeaves(MoveSpec.Made made) {
    return """
    DECLARE
    %s
    BEGIN
    %s
      IF TG_OP = 'DELETE' THEN
        RETURN OLD;
      END IF;
      RETURN NEW;
    END"""
        .formatted(SETTING_BEFORE, givenWay(made, rows.targetOfSource("OLD")));
  }

  /** Takes a row that was made out of the way, but not its values. */
  private String givenWay(MoveSpec.Made made, String key) {
    String[] setting = move.target().givingWay().split("=", 2);
    return """
      setting := pg_catalog.current_setting(%1$s, true);
      PERFORM pg_catalog.set_config(%1$s, %2$s, true);
      DELETE FROM %3$s WHERE %4$s AND %5$s IS NOT NULL;
      PERFORM pg_catalog.set_config(%1$s, coalesce(setting, ''), true);"""
        .formatted(
            Literal.of(setting[0]),
            Literal.of(setting[1]),
            rows.target(),
            key,
            MoveRows.of("p", made.mark()));
  }

  /**
   * A row comes to the target. What it says nothing of is in the source. The row there is locked
   * first, as whoever writes the old shape does, so that the two cannot wait for each other.
   */
  String targetComes() {
    return """
    DECLARE
      known record;
      is_there boolean;
    %s
    BEGIN
      SELECT * INTO known FROM %s WHERE %s FOR NO KEY UPDATE;
      is_there := FOUND;
      IF is_there THEN
    %s
      END IF;
      IF is_there%s THEN
    %s
      END IF;
      RETURN NEW;
    END"""
        .formatted(
            SETTING_BEFORE,
            rows.source(),
            rows.sourceOfTarget("NEW"),
            move.made()
                .filter(MoveSpec.Made::givesWay)
                .map(
                    made ->
                        "    IF %s IS NULL THEN\n%s\n    END IF;"
                            .formatted(
                                MoveRows.of("NEW", made.mark()),
                                givenWay(made, rows.targetOfTarget("NEW"))))
                .orElse("    NULL;"),
            // Another one of that key is there: ON CONFLICT means to write just what it says.
            mode == SyncMode.BOTH
                ? " AND NOT EXISTS (SELECT FROM %s WHERE %s)"
                    .formatted(rows.target(), rows.targetOfTarget("NEW"))
                : "",
            filled());
  }

  /** One way, a row of the target that gets another key gets the values of that. */
  String targetMoves() {
    if (mode == SyncMode.BOTH) {
      return """
      BEGIN
        RETURN NEW;
      END""";
    }
    return """
    DECLARE
      known record;
    BEGIN
      SELECT * INTO known FROM %s WHERE %s;
      IF FOUND THEN
    %s
      END IF;
      RETURN NEW;
    END"""
        .formatted(
            rows.source(),
            rows.sourceOfTarget("NEW"),
            rows.each(
                "\n",
                it ->
                    "    %s := %s;"
                        .formatted(
                            MoveRows.of("NEW", it.target()), MoveRows.of("known", it.source()))));
  }

  private String filled() {
    return rows.each(
        "\n",
        it ->
            """
                IF %1$s IS NULL THEN
                  %1$s := %2$s;
                END IF;"""
                .formatted(MoveRows.of("NEW", it.target()), MoveRows.of("known", it.source())));
  }

  /** A write of the new shape. */
  String targetWritten() {
    return mode == SyncMode.BOTH ? carriedBack() : notOpen();
  }

  /** What the old shape says already may be written. */
  private String notOpen() {
    return """
    BEGIN
      IF TG_OP <> 'DELETE' THEN
        IF EXISTS (
          SELECT FROM %s JOIN %s ON %s
          WHERE %s AND (%s)) THEN
          %s
        END IF;
      END IF;
      RETURN NULL;
    END"""
        .formatted(
            rows.target(),
            rows.source(),
            rows.sourceOfTarget("p"),
            rows.targetOfTarget("NEW"),
            rows.differ(),
            refusal(
                "GF002",
                "the columns that move to %s are not open for writes yet"
                    .formatted(move.target().table()),
                "Write them in %s until the change is backfilled."
                    .formatted(move.source().table())));
  }

  private String carriedBack() {
    return """
    BEGIN
      IF TG_OP <> 'DELETE' THEN
        UPDATE %1$s SET %2$s
        FROM %3$s
        WHERE %4$s AND %5$s
          AND (%6$s);
      END IF;
      IF TG_OP = 'DELETE' THEN
        %7$s
      ELSIF TG_OP = 'UPDATE' THEN
        IF %8$s THEN
          %7$s
        END IF;
      END IF;
      RETURN NULL;
    END"""
        .formatted(
            rows.source(),
            rows.each(", ", it -> it.source().quoted() + " = " + MoveRows.of("p", it.target())),
            rows.target(),
            rows.targetOfTarget("NEW"),
            rows.sourceOfTarget("NEW"),
            rows.differ(),
            emptied(),
            rows.targetKeyChanged());
  }

  /** Values go with the row that holds them. */
  private String emptied() {
    return """
    UPDATE %s SET %s
          WHERE %s AND (%s)
            AND NOT EXISTS (SELECT FROM %s WHERE %s);"""
        .formatted(
            rows.source(),
            rows.each(", ", it -> it.source().quoted() + " = NULL"),
            rows.sourceOfTarget("OLD"),
            rows.sourceIsSet("s"),
            rows.target(),
            rows.targetOfTarget("OLD"));
  }

  private String refusal(String state, String message, String hint) {
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
