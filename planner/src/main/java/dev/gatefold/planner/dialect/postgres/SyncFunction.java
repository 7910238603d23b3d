package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.FillSpec;
import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.dialect.SyncSpec.DownFailure;
import dev.gatefold.planner.dialect.SyncSpec.Group;
import dev.gatefold.planner.dialect.SyncSpec.Mapped;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.SyncMode;
import java.util.List;
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
        fills(sync, mode),
        group -> mode == SyncMode.BOTH ? insertBoth(sync, group) : insertOneWay(sync, group, mode));
  }

  String onUpdate(SyncSpec sync, SyncMode mode) {
    return function(
        sync,
        sync.updateFunctionName(),
        fills(sync, mode),
        group -> mode == SyncMode.BOTH ? updateBoth(sync, group) : updateOneWay(sync, group, mode));
  }

  String onMove(SyncSpec sync, SyncMode mode) {
    return function(sync, sync.moveFunctionName(), "", group -> moved(sync, group, mode));
  }

  /** Columns beside the groups, with line ends of their own. */
  private static String fills(SyncSpec sync, SyncMode mode) {
    List<FillSpec.Filled> columns = sync.fills().in(mode);
    return columns.isEmpty()
        ? ""
        : Row.verbatim(FillTriggers.statements(sync.change(), sync.table(), columns, mode) + "\n");
  }

  private static String function(
      SyncSpec sync, TableName name, String before, Function<Group, String> statements) {
    String body =
        Row.finished(
            OldShapeLimits.around(
                sync,
                before + sync.groups().stream().map(statements).collect(Collectors.joining("\n"))));
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
        sync.fills().columns().isEmpty()
            && sync.groups().stream()
                .allMatch(group -> infallible(group.news()) && infallible(group.olds()));
    return untouched ? "" : "\n" + TriggerSql.STEADY;
  }

  private static String insertOneWay(SyncSpec sync, Group group, SyncMode mode) {
    return branches(
        when(Row.allNull(group.news()), fillFromOld(sync, group, mode)),
        // A row that moves between partitions is inserted with both values, and they need not agree
        // by `up`: after a rollback there may be rows that a new application wrote.
        otherwise(
            Agreement.orRefuse(
                sync,
                group,
                sync.rowsMove() ? Agreement.EITHER : Agreement.NEW_IS_UP,
                Refusals.NOT_OPEN)));
  }

  private static String insertBoth(SyncSpec sync, Group group) {
    return branches(
        when(Row.allNull(group.news()), up(sync, group, Refusals.NO_NEW_VALUE)),
        // The agreement comes first: restore, replication and row movement carry both values.
        when(
            Row.all(group.olds(), old -> Row.isNotSet(old.side())),
            Agreement.orElse(group, Agreement.EITHER, down(sync, group))),
        otherwise(Agreement.orRefuse(sync, group, Agreement.EITHER, Refusals.DISAGREE)));
  }

  private static String updateOneWay(SyncSpec sync, Group group, SyncMode mode) {
    return branches(
        when(
            Row.anyChanged(group.news()),
            Agreement.orRefuse(sync, group, Agreement.NEW_IS_UP, Refusals.NOT_OPEN)),
        when(Row.anyChanged(group.olds()), fillFromOld(sync, group, mode)),
        // Not filled yet, and moved by this update to where the backfill may have been already.
        when(Row.allNull(group.news()), upOrNull(group)));
  }

  private static String updateBoth(SyncSpec sync, Group group) {
    return branches(
        when(
            "(%s) AND (%s)".formatted(Row.anyChanged(group.olds()), Row.anyChanged(group.news())),
            Agreement.orRefuse(sync, group, Agreement.EITHER, Refusals.DISAGREE)),
        when(Row.anyChanged(group.olds()), up(sync, group, Refusals.NO_NEW_VALUE)),
        when(Row.anyChanged(group.news()), down(sync, group)));
  }

  /**
   * The row leaves its place, so that a pass may never come to it: it has to be right already. What
   * the write itself sets is for the other trigger.
   */
  private static String moved(SyncSpec sync, Group group, SyncMode mode) {
    String untouched =
        "NOT (%s)\n    AND NOT (%s)"
            .formatted(Row.anyChanged(group.olds()), Row.anyChanged(group.news()));
    String rightAsItIs =
        group.onDownFailure() == DownFailure.STORE_NULL ? "\n    AND " + notGivenUp(group) : "";
    return branches(
        when(
            untouched + rightAsItIs,
            Agreement.orElse(group, Agreement.EITHER, madeRight(sync, group, mode))));
  }

  /** Old values that were given up are NULL, all of them. */
  private static String notGivenUp(Group group) {
    return group.olds().size() == 1
        ? Row.after(group.olds().get(0).side()) + " IS NOT NULL"
        : "NOT (" + Row.allNull(group.olds()) + ")";
  }

  private static String madeRight(SyncSpec sync, Group group, SyncMode mode) {
    // Both ways open, nobody knows which of the two values is meant.
    return mode == SyncMode.BOTH
        ? Refusals.DISAGREE.raise(sync, group)
        : fillFromOld(sync, group, mode);
  }

  private static String fillFromOld(SyncSpec sync, Group group, SyncMode mode) {
    return mode == SyncMode.FILL ? upOrNull(group) : up(sync, group, Refusals.NO_NEW_VALUE);
  }

  private static String upOrNull(Group group) {
    String assign = assigned(group.news(), group.olds());
    return infallible(group.news()) ? assign : guarded(assign, nulls(group.news()));
  }

  private static String up(SyncSpec sync, Group group, Refusals refusal) {
    String assign = assigned(group.news(), group.olds());
    return infallible(group.news()) ? assign : guarded(assign, refusal.raise(sync, group));
  }

  private static String down(SyncSpec sync, Group group) {
    String assign = assigned(group.olds(), group.news());
    String stored =
        infallible(group.olds())
            ? assign
            : guarded(
                assign,
                group.onDownFailure() == DownFailure.STORE_NULL
                    ? nulls(group.olds())
                    : Refusals.NO_OLD_VALUE.raise(sync, group));
    return stored + OldShapeLimits.remember(sync);
  }

  /** Whether no mapping that makes one of the columns can fail. */
  static boolean infallible(List<Mapped> columns) {
    return columns.stream().allMatch(column -> column.value().infallible());
  }

  private static String assigned(List<Mapped> columns, List<Mapped> others) {
    return each(columns, column -> Row.value(column, others));
  }

  /** All of them: what was assigned before one of the mappings failed would stay. */
  private static String nulls(List<Mapped> columns) {
    return each(columns, column -> "NULL");
  }

  private static String each(List<Mapped> columns, Function<Mapped, String> value) {
    return columns.stream()
        .map(column -> Row.after(column.side()) + " := " + value.apply(column) + ";")
        .collect(Collectors.joining("\n"));
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
        .formatted(statement.replace("\n", "\n  "), onError.replace("\n", "\n  "));
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
