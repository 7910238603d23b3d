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
    return bodies.missing("OLD", rows::sourceOfTarget);
  }

  /**
   * A row comes to the target. What it says nothing of is in the source. The row there is locked
   * first, as whoever writes the old shape does, so that the two cannot wait for each other.
   */
  String targetComes() {
    Optional<MoveSpec.Made> inTheWay = move.made().filter(MoveSpec.Made::givesWay);
    return MoveBodies.writing(
        "known record; place tid; setting text; is_there boolean; is_second boolean := false;",
        """
        SELECT * INTO known FROM %s WHERE %s FOR NO KEY UPDATE;
        is_there := FOUND;
        %s
        %s"""
            .formatted(
                rows.source(),
                rows.sourceOfTarget("NEW"),
                inTheWay
                    .map(
                        made ->
                            "IF %s IS NULL THEN %s END IF;"
                                .formatted(
                                    MoveRows.of("NEW", made.mark()),
                                    bodies.inTheWay(made, rows.targetOfTarget("NEW"))))
                    .orElse(""),
                // Another one of that key is there: ON CONFLICT means to write just what it says.
                mode == SyncMode.BOTH
                    ? "is_second := place IS NULL AND EXISTS (SELECT FROM %s WHERE %s);"
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
            bodies.refusal(
                "GF002",
                "the columns that move to %s are not open for writes yet"
                    .formatted(move.target().table()),
                "Write them in %s until the change is backfilled."
                    .formatted(move.source().table())));
  }

  private String carriedBack() {
    return MoveBodies.writing(
        "place tid; emptied tid; known record; empties boolean;",
        """
        empties := TG_OP = 'DELETE';
        IF NOT empties THEN
          SELECT s.ctid INTO place FROM %1$s JOIN %2$s ON %3$s
          WHERE %4$s AND (%5$s) FOR NO KEY UPDATE OF s;
          SELECT * INTO known FROM %2$s WHERE %4$s;
        END IF;
        IF TG_OP = 'UPDATE' THEN
          empties := %6$s;
        END IF;
        IF empties THEN
          SELECT s.ctid INTO emptied FROM %1$s
          WHERE %7$s AND (%8$s) AND NOT EXISTS (SELECT FROM %2$s WHERE %9$s)
          FOR NO KEY UPDATE;
        END IF;"""
            .formatted(
                rows.source(),
                rows.target(),
                rows.sourceOfTarget("p"),
                rows.targetOfTarget("NEW"),
                rows.differ(),
                rows.targetKeyChanged(),
                rows.sourceOfTarget("OLD"),
                rows.sourceIsSet("s"),
                rows.targetOfTarget("OLD")),
        """
        IF place IS NOT NULL THEN
          UPDATE %1$s SET %2$s WHERE s.ctid OPERATOR(pg_catalog.=) place;
        END IF;
        IF emptied IS NOT NULL THEN
          UPDATE %1$s SET %3$s WHERE s.ctid OPERATOR(pg_catalog.=) emptied;
        END IF;
        RETURN NULL;"""
            .formatted(
                rows.source(),
                rows.each(
                    ", ", it -> it.source().quoted() + " = " + MoveRows.of("known", it.target())),
                rows.each(", ", it -> it.source().quoted() + " = NULL")));
  }
}
