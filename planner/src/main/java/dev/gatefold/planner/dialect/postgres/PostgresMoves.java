package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.MoveSpec;
import dev.gatefold.planner.dialect.MoveSpec.Moved;
import dev.gatefold.planner.dialect.MoveSpec.Side;
import dev.gatefold.planner.dialect.Moves;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.SyncMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The triggers on both tables. What writes to the other table runs AFTER, when the row is what it
 * will be and ON CONFLICT has been decided; it compares before it writes, so that what comes back
 * from the other table finds nothing to do. What must know whether a row is missing waits for the
 * end of the transaction: an application inserts the one row before the other.
 */
final class PostgresMoves implements Moves {

  private static final String INSERT = "insert";
  private static final String UPDATE = "update";
  private static final String MISSING = "missing";
  private static final String MISSING_INSERT = "missing_insert";
  private static final String MISSING_UPDATE = "missing_update";
  private static final String MISSING_DELETE = "missing_delete";
  private static final String ROW = "row";
  private static final String INSERTED = "inserted";
  private static final String DELETED = "deleted";
  private static final String KEY = "key";
  private static final String ADOPTED = "adopted";
  private static final String LEAVES = "leaves";

  /** Sorts before those that ask what is missing. */
  private static final String MOVED = "left";

  /** What is replicated fires no foreign key. */
  private static final String UNREFERRED =
      "pg_catalog.current_setting('session_replication_role') = 'replica'";

  /** So many blocks hold a few thousand rows: what an application may have to wait for. */
  private static final int BLOCKS = 100;

  /** Stands for the sign before a place in a text to be filled in; no name can contain it. */
  private static final String PLACE = "\0";

  @Override
  public List<String> createOnSource(MoveSpec move, SyncMode mode) {
    Side side = move.source();
    MoveRows rows = new MoveRows(move);
    MoveBodies bodies = new MoveBodies(move, mode);
    String written =
        "(%s) OR (%s) OR %s".formatted(rows.sourceChanged(), rows.sourceKeyChanged(), isOurs(side));
    List<String> sql = new ArrayList<>();
    sql.add(MoveBodies.function(move, side.function(ROW), bodies.sourceWritten()));
    sql.add(
        MoveBodies.function(
            move, side.function(MISSING), bodies.missing("NEW", rows::sourceOfSource)));
    move.made()
        .ifPresent(
            made -> {
              sql.add(MoveBodies.function(move, side.function(LEAVES), bodies.sourceLeaves(made)));
              sql.addAll(leaves(side, rows, made));
            });
    sql.addAll(after(side, INSERT, "INSERT", rows.sourceIsSet("NEW"), ROW));
    sql.addAll(after(side, UPDATE, "UPDATE", written, ROW));
    sql.addAll(atTheEnd(side, MISSING_INSERT, "INSERT", rows.sourceIsSet("NEW")));
    sql.addAll(
        atTheEnd(
            side,
            MISSING_UPDATE,
            "UPDATE",
            "(%s) AND (%s)".formatted(rows.sourceIsSet("NEW"), written)));
    return sql;
  }

  /** Where the foreign key takes them along, a row that leaves is in the way of no trigger. */
  private static List<String> leaves(Side side, MoveRows rows, MoveSpec.Made made) {
    String gone = made.goes() ? UNREFERRED : "";
    String moved =
        made.follows()
            ? "(%s) AND %s".formatted(rows.sourceKeyChanged(), UNREFERRED)
            : rows.sourceKeyChanged();
    return List.of(
        TriggerSql.before(
            "DELETE", side.table(), side.trigger(DELETED), gone, side.function(LEAVES)),
        TriggerSql.always(side.table(), side.trigger(DELETED)),
        TriggerSql.before("UPDATE", side.table(), side.trigger(KEY), moved, side.function(LEAVES)),
        TriggerSql.always(side.table(), side.trigger(KEY)));
  }

  @Override
  public List<String> createOnTarget(MoveSpec move, SyncMode mode) {
    Side side = move.target();
    MoveRows rows = new MoveRows(move);
    MoveTargetBodies bodies = new MoveTargetBodies(move, mode);
    String key = rows.targetKeyChanged();
    List<String> sql = new ArrayList<>();
    sql.add(MoveBodies.function(move, side.function(INSERT), bodies.targetComes()));
    sql.add(MoveBodies.function(move, side.function(KEY), bodies.targetMoves()));
    sql.add(MoveBodies.function(move, side.function(ROW), bodies.targetWritten()));
    sql.add(MoveBodies.function(move, side.function(MISSING), bodies.missingTarget()));
    sql.add(
        TriggerSql.before("INSERT", side.table(), side.trigger(INSERT), "", side.function(INSERT)));
    sql.add(TriggerSql.always(side.table(), side.trigger(INSERT)));
    sql.add(TriggerSql.before("UPDATE", side.table(), side.trigger(KEY), key, side.function(KEY)));
    sql.add(TriggerSql.always(side.table(), side.trigger(KEY)));
    sql.addAll(after(side, INSERTED, "INSERT", rows.targetIsSet("NEW"), ROW));
    sql.addAll(
        after(side, UPDATE, "UPDATE", "(%s) OR (%s)".formatted(rows.targetChanged(), key), ROW));
    sql.add(MoveBodies.function(move, side.function(MOVED), bodies.targetMoved()));
    // Where the foreign key moves it along, other rows of the source may have got its key.
    sql.addAll(
        after(
            side,
            MOVED,
            "UPDATE",
            "(%s) AND pg_catalog.pg_trigger_depth() = 0".formatted(key),
            MOVED));
    sql.addAll(
        after(
            side,
            DELETED,
            "DELETE",
            "(%s) AND NOT (%s)"
                .formatted(rows.targetIsSet("OLD"), SettingSql.isSet(side.givingWay())),
            ROW));
    sql.addAll(
        atTheEnd(
            side,
            MISSING_DELETE,
            "DELETE",
            "(%s) AND NOT (%s)".formatted(rows.targetIsSet("OLD"), isOurs(side))));
    move.made()
        .filter(made -> !made.others().isEmpty())
        .ifPresent(
            made -> {
              sql.add(MoveBodies.function(move, side.function(ADOPTED), bodies.adopted(made)));
              sql.add(
                  TriggerSql.before(
                      "UPDATE",
                      side.table(),
                      side.trigger(ADOPTED),
                      // A trigger of a user's that says when a row was written does not adopt it.
                      "%s IS NOT NULL AND (%s) AND NOT (%s)"
                          .formatted(
                              MoveRows.of("OLD", made.mark()),
                              MoveRows.othersChanged(made),
                              SettingSql.isSet(side.carrying())),
                      side.function(ADOPTED)));
              sql.add(TriggerSql.always(side.table(), side.trigger(ADOPTED)));
            });
    sql.addAll(atTheEnd(side, MISSING_UPDATE, "UPDATE", key));
    return sql;
  }

  @Override
  public List<String> dropOnSource(MoveSpec move) {
    return drop(
        move.source(),
        List.of(INSERT, UPDATE, MISSING_INSERT, MISSING_UPDATE, DELETED, KEY),
        List.of(ROW, MISSING, LEAVES));
  }

  @Override
  public List<String> dropOnTarget(MoveSpec move) {
    return drop(
        move.target(),
        List.of(
            INSERT, KEY, INSERTED, UPDATE, MOVED, DELETED, MISSING_DELETE, MISSING_UPDATE, ADOPTED),
        List.of(INSERT, KEY, ROW, MOVED, MISSING, ADOPTED));
  }

  private static List<String> drop(Side side, List<String> triggers, List<String> functions) {
    return Stream.concat(
            triggers.stream().map(part -> TriggerSql.drop(side.table(), side.trigger(part))),
            functions.stream().map(part -> TriggerSql.dropFunction(side.function(part))))
        .toList();
  }

  @Override
  public String takeAway(MoveSpec move, int from) {
    Side side = move.target();
    String body =
        """
        BEGIN
          PERFORM pg_catalog.set_config(%s, %s, true);
          DELETE FROM %s %s
          WHERE %s >= %d AND ctid >= %s AND ctid < %s;
        END"""
            .formatted(
                SettingSql.name(side.skipSetting()),
                SettingSql.value(side.skipSetting()),
                side.table().quoted(),
                RowMapping.MARK,
                mark(move),
                from,
                PLACE + "1$L::pg_catalog.tid",
                PLACE + "2$L::pg_catalog.tid");
    String quote = TriggerSql.quoteFor(body);
    return """
    SELECT pg_catalog.format(%1$s, '(' || block || ',0)', '(' || block + %2$d || ',0)')
    FROM pg_catalog.generate_series(0, pg_catalog.pg_relation_size(%3$s::pg_catalog.regclass)
           / pg_catalog.current_setting('block_size')::int, %2$d) AS block"""
        .formatted(
            Literal.of(
                "DO %s %s %s".formatted(quote, body, quote).replace("%", "%%").replace(PLACE, "%")),
            BLOCKS,
            Literal.of(side.table().quoted()));
  }

  @Override
  public Check noneMade(MoveSpec move, int from) {
    return new Check(
        "SELECT NOT EXISTS (SELECT FROM %s WHERE %s >= %d)"
            .formatted(move.target().table().quoted(), mark(move), from),
        "rows that were made are left in " + move.target().table());
  }

  private static String mark(MoveSpec move) {
    return move.made().orElseThrow().mark().quoted();
  }

  @Override
  public List<String> copy(MoveSpec move) {
    MoveRows rows = MoveRows.unmarked(move);
    return List.of(
        "UPDATE %s SET %s FROM %s WHERE %s AND (%s)"
            .formatted(
                rows.target(),
                rows.each(", ", it -> it.target().quoted() + " = " + MoveRows.of("s", it.source())),
                rows.source(),
                rows.targetOfSource("s"),
                rows.sourceIsSet("s")),
        "INSERT INTO %s (%s) SELECT %s FROM %s WHERE (%s) AND NOT EXISTS (SELECT FROM %s WHERE %s)"
            .formatted(
                move.target().table().quoted(),
                rows.listed(pair -> pair.target().quoted(), it -> it.target().quoted()),
                rows.listed(
                    pair -> MoveRows.of("s", pair.source()), it -> MoveRows.of("s", it.source())),
                rows.source(),
                rows.sourceIsSet("s"),
                rows.target(),
                rows.targetOfSource("s")));
  }

  @Override
  public String sourceIsRight(MoveSpec move, Moved column, String row) {
    MoveRows rows = new MoveRows(move);
    return Comparison.same(
        MoveRows.of(row, column.source()),
        "(SELECT %s FROM %s WHERE %s)"
            .formatted(MoveRows.of("p", column.target()), rows.target(), rows.targetOfSource(row)),
        column.type());
  }

  @Override
  public String targetIsRight(MoveSpec move, Moved column, String row) {
    MoveRows rows = new MoveRows(move);
    return Comparison.same(
        MoveRows.of(row, column.target()),
        "(SELECT %s FROM %s WHERE %s)"
            .formatted(MoveRows.of("s", column.source()), rows.source(), rows.sourceOfTarget(row)),
        column.type());
  }

  /** A backfill writes a row as it is, so that it is looked at. */
  private static String isOurs(Side side) {
    return SettingSql.isSet(side.skipSetting());
  }

  private static List<String> after(
      Side side, String part, String event, String condition, String function) {
    return List.of(
        """
        CREATE OR REPLACE TRIGGER %s AFTER %s ON %s
        FOR EACH ROW WHEN (%s)
        EXECUTE FUNCTION %s()"""
            .formatted(
                side.trigger(part).quoted(),
                event,
                side.table().quoted(),
                condition,
                side.function(function).quoted()),
        TriggerSql.always(side.table(), side.trigger(part)));
  }

  /**
   * A constraint trigger cannot be replaced, and to drop it would lock readers out. Switched off
   * and on again, it counts as one that the transaction made.
   */
  private static List<String> atTheEnd(Side side, String part, String event, String condition) {
    Identifier trigger = side.trigger(part);
    String create =
        """
        CREATE CONSTRAINT TRIGGER %s AFTER %s ON %s
        DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN (%s)
        EXECUTE FUNCTION %s()"""
            .formatted(
                trigger.quoted(),
                event,
                side.table().quoted(),
                condition,
                side.function(MISSING).quoted());
    String body =
        """
        BEGIN
          IF NOT EXISTS (SELECT FROM pg_catalog.pg_trigger
                         WHERE tgrelid = %s::pg_catalog.regclass AND tgname = %s) THEN
            %s;
          END IF;
        END"""
            .formatted(Literal.of(side.table().quoted()), Literal.of(trigger.value()), create);
    String quote = TriggerSql.quoteFor(body);
    return List.of(
        "DO %s %s %s".formatted(quote, body, quote),
        "ALTER TABLE %s DISABLE TRIGGER %s".formatted(side.table().quoted(), trigger.quoted()),
        TriggerSql.always(side.table(), trigger));
  }
}
