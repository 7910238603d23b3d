package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.MoveSpec;
import dev.gatefold.planner.plan.SyncMode;
import java.util.Optional;

/** The bodies of those functions on the table that the columns move to. */
final class MoveTargetBodies {

  private final MoveSpec move;
  private final SyncMode mode;
  private final MoveRows rows;
  private final MoveBodies bodies;

  MoveTargetBodies(MoveSpec move, SyncMode mode) {
    this.move = move;
    this.mode = mode;
    this.rows = new MoveRows(move);
    this.bodies = new MoveBodies(move, mode);
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

  /** A row went, whose values may have none now; both ways it has taken its values along. */
  String missingTarget() {
    String givingWay = move.target().givingWay();
    return """
    BEGIN
      -- Asked at once, by SET CONSTRAINTS: the row in whose way it was is still to come.
      IF coalesce(pg_catalog.current_setting(%s, true), '') OPERATOR(pg_catalog.=) %s THEN
        RETURN NULL;
      END IF;
    %s;
    END"""
        .formatted(
            SettingSql.name(givingWay),
            SettingSql.value(givingWay),
            bodies.missing("OLD", rows::sourceOfTarget));
  }

  /**
   * A row comes to the target. What it says nothing of is in the source. The row there is locked
   * first, as whoever writes the old shape does, so that the two cannot wait for each other.
   */
  String targetComes() {
    Optional<MoveSpec.Made> inTheWay = inTheWay();
    return MoveBodies.writing(
        "known record; gatefold_place tid; setting text; is_there boolean; is_second boolean := false;",
        """
        SELECT * INTO known FROM %s WHERE %s FOR NO KEY UPDATE;
        is_there := FOUND;
        %s
        %s"""
            .formatted(
                rows.source(),
                rows.sourceOfTarget("NEW"),
                found(inTheWay),
                // Another one of that key is there: ON CONFLICT means to write just what it says.
                mode == SyncMode.BOTH
                    ? "is_second := gatefold_place IS NULL AND EXISTS (SELECT FROM %s WHERE %s);"
                        .formatted(rows.target(), rows.targetOfTarget("NEW"))
                    : ""),
        """
        %s
        IF is_there AND NOT is_second THEN
        %s
        END IF;
        RETURN NEW;"""
            .formatted(inTheWay.isPresent() ? bodies.givenWay() : "", filled()));
  }

  /**
   * A row of the target gets another key: one way, with the values of that. The row of the source
   * is locked, or its values could be others when both transactions have ended.
   */
  String targetMoves() {
    // Both ways, its values would take the place of those of the row that gave way.
    Optional<MoveSpec.Made> inTheWay = inTheWay().filter(made -> mode != SyncMode.BOTH);
    return MoveBodies.writing(
        "known record; gatefold_place tid; setting text; is_there boolean;",
        """
        SELECT * INTO known FROM %s WHERE %s FOR NO KEY UPDATE;
        is_there := FOUND;
        %s"""
            .formatted(rows.source(), rows.sourceOfTarget("NEW"), found(inTheWay)),
        """
        %s
        IF is_there THEN
        %s
        END IF;
        RETURN NEW;"""
            .formatted(
                inTheWay.isPresent() ? bodies.givenWay() : "",
                mode == SyncMode.BOTH
                    ? "NULL;"
                    : rows.each(
                        "\n",
                        it ->
                            "%s := %s;"
                                .formatted(
                                    MoveRows.of("NEW", it.target()),
                                    MoveRows.of("known", it.source())))));
  }

  private Optional<MoveSpec.Made> inTheWay() {
    return move.made().filter(MoveSpec.Made::givesWay);
  }

  private String found(Optional<MoveSpec.Made> inTheWay) {
    return inTheWay
        .map(
            made ->
                "IF %s IS NULL THEN %s END IF;"
                    .formatted(
                        MoveRows.of("NEW", made.mark()),
                        bodies.inTheWay(made, rows.targetOfTarget("NEW"))))
        .orElse("");
  }

  private String filled() {
    return rows.each(
        "\n",
        it ->
            """
                IF %1$s IS NOT DISTINCT FROM NULL THEN
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
            bodies.refusal(
                "GF002",
                "the columns that move to %s are not open for writes yet"
                    .formatted(move.target().table()),
                "Write them in %s until the change is backfilled."
                    .formatted(move.source().table())));
  }

  private String carriedBack() {
    return MoveBodies.writing(
        "gatefold_place tid; known record; goes boolean;",
        """
        goes := TG_OP = 'DELETE';
        IF goes THEN
          %6$s
        ELSE
          SELECT s.ctid INTO gatefold_place FROM %1$s JOIN %2$s ON %3$s
          WHERE %4$s AND (%5$s) FOR NO KEY UPDATE OF s;
          SELECT * INTO known FROM %2$s WHERE %4$s;
        END IF;"""
            .formatted(
                rows.source(),
                rows.target(),
                rows.sourceOfTarget("p"),
                rows.targetOfTarget("NEW"),
                rows.differ(),
                leftBehind()),
        """
        IF goes THEN
          %s
        ELSIF gatefold_place IS NOT NULL THEN
          UPDATE %s SET %s WHERE s.ctid OPERATOR(pg_catalog.=) gatefold_place;
        END IF;
        RETURN NULL;"""
            .formatted(
                emptied(),
                rows.source(),
                rows.each(
                    ", ", it -> it.source().quoted() + " = " + MoveRows.of("known", it.target()))));
  }

  /** A row of the target has got another key, and not since its row of the source has. */
  String targetMoved() {
    return mode == SyncMode.BOTH
        ? MoveBodies.writing("gatefold_place tid;", leftBehind(), emptied() + "\nRETURN NULL;")
        : """
        BEGIN
          RETURN NULL;
        END""";
  }

  /** Values go with the row that holds them. */
  private String leftBehind() {
    return """
    SELECT s.ctid INTO gatefold_place FROM %s
    WHERE %s AND (%s) AND NOT EXISTS (SELECT FROM %s WHERE %s)
    FOR NO KEY UPDATE;"""
        .formatted(
            rows.source(),
            rows.sourceOfTarget("OLD"),
            rows.sourceIsSet("s"),
            rows.target(),
            rows.targetOfTarget("OLD"));
  }

  private String emptied() {
    return """
    IF gatefold_place IS NOT NULL THEN
      UPDATE %s SET %s WHERE s.ctid OPERATOR(pg_catalog.=) gatefold_place;
    END IF;"""
        .formatted(rows.source(), rows.each(", ", it -> it.source().quoted() + " = NULL"));
  }
}
