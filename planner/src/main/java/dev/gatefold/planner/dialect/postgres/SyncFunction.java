package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.dialect.SyncSpec.DownFailure;
import dev.gatefold.planner.dialect.SyncSpec.Pair;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.SyncMode;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The bodies of the sync's trigger functions. What each writer's write becomes is one table (see
 * {@code docs/sync.md}); each branch below is a cell of it.
 */
final class SyncFunction {

  String onInsert(SyncSpec sync, SyncMode mode) {
    return function(
        sync,
        sync.insertFunctionName(),
        pair -> mode == SyncMode.BOTH ? insertBoth(sync, pair) : insertOneWay(sync, pair, mode));
  }

  String onUpdate(SyncSpec sync, SyncMode mode) {
    return function(
        sync,
        sync.updateFunctionName(),
        pair -> mode == SyncMode.BOTH ? updateBoth(sync, pair) : updateOneWay(sync, pair, mode));
  }

  String onMove(SyncSpec sync, SyncMode mode) {
    return function(sync, sync.moveFunctionName(), pair -> moved(sync, pair, mode));
  }

  private static String function(SyncSpec sync, TableName name, Function<Pair, String> statements) {
    String body =
        Row.finished(
            OldShapeLimits.around(
                sync, sync.pairs().stream().map(statements).collect(Collectors.joining("\n"))));
    String quote = TriggerSql.quoteFor(body);
    // SECURITY DEFINER: a mapping may call a function that whoever writes has no right to. The
    // search
    // path is the function's own, so that no session can slip in an operator of its own.
    return """
    CREATE OR REPLACE FUNCTION %s() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO pg_catalog, pg_temp SET standard_conforming_strings TO on%s
    AS %s
    %s
      RETURN NEW;
    END
    %s\
    """
        .formatted(name.quoted(), settings(sync), quote, body, quote);
  }

  /** The server prints and reads some values by session settings; a mapping shall not notice. */
  private static String settings(SyncSpec sync) {
    boolean untouched =
        sync.pairs().stream().allMatch(pair -> pair.up().infallible() && pair.down().infallible());
    return untouched ? "" : "\n" + TriggerSql.STEADY;
  }

  private static String insertOneWay(SyncSpec sync, Pair pair, SyncMode mode) {
    return branches(
        when(Row.after(pair.replacement()) + " IS NULL", fillFromOld(sync, pair, mode)),
        // A row that moves between partitions is inserted with both values, and they need not agree
        // by `up`: after a rollback there may be rows that a new application wrote.
        otherwise(
            Agreement.orRefuse(
                sync,
                pair,
                sync.rowsMove() ? Agreement.EITHER : Agreement.NEW_IS_UP,
                Refusals.NOT_OPEN)));
  }

  private static String insertBoth(SyncSpec sync, Pair pair) {
    return branches(
        when(Row.after(pair.replacement()) + " IS NULL", up(sync, pair, Refusals.NO_NEW_VALUE)),
        // The agreement comes first: restore, replication and row movement carry both values.
        when(Row.isNotSet(pair.old()), Agreement.orElse(pair, Agreement.EITHER, down(sync, pair))),
        otherwise(Agreement.orRefuse(sync, pair, Agreement.EITHER, Refusals.DISAGREE)));
  }

  private static String updateOneWay(SyncSpec sync, Pair pair, SyncMode mode) {
    return branches(
        when(
            Row.changed(pair.replacement()),
            Agreement.orRefuse(sync, pair, Agreement.NEW_IS_UP, Refusals.NOT_OPEN)),
        when(Row.changed(pair.old()), fillFromOld(sync, pair, mode)),
        // Not filled yet, and moved by this update to where the backfill may have been already.
        when(Row.after(pair.replacement()) + " IS NULL", upOrNull(pair)));
  }

  private static String updateBoth(SyncSpec sync, Pair pair) {
    return branches(
        when(
            "(%s) AND (%s)".formatted(Row.changed(pair.old()), Row.changed(pair.replacement())),
            Agreement.orRefuse(sync, pair, Agreement.EITHER, Refusals.DISAGREE)),
        when(Row.changed(pair.old()), up(sync, pair, Refusals.NO_NEW_VALUE)),
        when(Row.changed(pair.replacement()), down(sync, pair)));
  }

  /**
   * The row leaves its place, so that a pass may never come to it: it has to be right already. What
   * the write itself sets is for the other trigger.
   */
  private static String moved(SyncSpec sync, Pair pair, SyncMode mode) {
    String untouched =
        "NOT (%s)\n    AND NOT (%s)"
            .formatted(Row.changed(pair.old()), Row.changed(pair.replacement()));
    String rightAsItIs =
        pair.onDownFailure() == DownFailure.STORE_NULL
            ? "\n    AND " + Row.after(pair.old()) + " IS NOT NULL"
            : "";
    return branches(
        when(
            untouched + rightAsItIs,
            Agreement.orElse(pair, Agreement.EITHER, madeRight(sync, pair, mode))));
  }

  private static String madeRight(SyncSpec sync, Pair pair, SyncMode mode) {
    // Both ways open, nobody knows which of the two values is meant.
    return mode == SyncMode.BOTH
        ? Refusals.DISAGREE.raise(sync, pair)
        : fillFromOld(sync, pair, mode);
  }

  private static String fillFromOld(SyncSpec sync, Pair pair, SyncMode mode) {
    return mode == SyncMode.FILL ? upOrNull(pair) : up(sync, pair, Refusals.NO_NEW_VALUE);
  }

  private static String upOrNull(Pair pair) {
    String assign = assign(Row.after(pair.replacement()), Row.up(pair));
    return pair.up().infallible()
        ? assign
        : guarded(assign, assign(Row.after(pair.replacement()), "NULL"));
  }

  private static String up(SyncSpec sync, Pair pair, Refusals refusal) {
    String assign = assign(Row.after(pair.replacement()), Row.up(pair));
    return pair.up().infallible() ? assign : guarded(assign, refusal.raise(sync, pair));
  }

  private static String down(SyncSpec sync, Pair pair) {
    String assign = assign(Row.after(pair.old()), Row.down(pair));
    String stored =
        pair.down().infallible()
            ? assign
            : guarded(
                assign,
                pair.onDownFailure() == DownFailure.STORE_NULL
                    ? assign(Row.after(pair.old()), "NULL")
                    : Refusals.NO_OLD_VALUE.raise(sync, pair));
    return stored + OldShapeLimits.remember(sync);
  }

  private static String assign(String target, String value) {
    return target + " := " + value + ";";
  }

  /**
   * A block of its own catches an error of the mapping; it costs a subtransaction without an id.
   */
  static String guarded(String statement, String onError) {
    return """
    BEGIN
      %s
    EXCEPTION WHEN OTHERS THEN
      %s
    END;\
    """
        .formatted(statement, onError.replace("\n", "\n  "));
  }

  private record Branch(String condition, String statements) {}

  private static Branch when(String condition, String statements) {
    return new Branch(condition, statements);
  }

  private static Branch otherwise(String statements) {
    return new Branch("", statements);
  }

  private static String branches(Branch... branches) {
    StringBuilder sql = new StringBuilder();
    for (Branch branch : branches) {
      String keyword = sql.isEmpty() ? "IF " : "ELSIF ";
      sql.append(branch.condition().isEmpty() ? "ELSE" : keyword + branch.condition() + " THEN")
          .append("\n  ")
          .append(branch.statements().replace("\n", "\n  "))
          .append('\n');
    }
    return ("  " + sql + "END IF;").replace("\n", "\n  ");
  }
}
