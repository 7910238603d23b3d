package dev.gatefold.planner.fill;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.dialect.Columns;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.FillSpec;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Sync;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.replacement.BackfillSteps;
import dev.gatefold.planner.replacement.Fill;
import dev.gatefold.planner.replacement.Names;
import dev.gatefold.planner.replacement.TableSync;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.UniqueKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fills the new columns of one table of which no column gives way: one pair of triggers and one
 * backfill for all of them.
 *
 * <p>The triggers fill rows that are inserted without a value, and any unfilled row that is
 * updated: the update may move it to where the backfill has been already. A value that somebody
 * wrote is never overwritten, only NULL is.
 */
public final class TableFill {

  private final Table table;
  private final Dialect dialect;
  private final List<Fill> fills;
  private final FillSpec spec;

  public TableFill(ChangeName change, Table table, Dialect dialect, List<Fill> fills) {
    this.table = table;
    this.dialect = dialect;
    this.fills = List.copyOf(fills);
    this.spec =
        new FillSpec(
            change,
            table.name(),
            new Names(change, table.name()).token(),
            "fill",
            false,
            fills.stream().map(Fill::filled).toList());
  }

  /** After the columns are there; until then, nothing but the backfill has to know of a row. */
  public List<Step> expand() {
    return List.of(
        made("expand.fill." + table.name(), "fill rows that are written", SyncMode.FILL));
  }

  /** Before all that leans on the values. */
  public List<Step> backfill() {
    RowMapping rows = rows();
    String undo = "backfill.strict." + table.name() + ".undo";
    return List.of(
        new Step.BackfillRows(
            "backfill.rows." + table.name(),
            "backfill rows",
            List.of(BackfillSteps.batch(rows)),
            TableSync.toFill(rows),
            new Undo.Nothing()),
        step(
            "backfill.strict." + table.name(),
            "sync strict",
            LockMode.SHARE_ROW_EXCLUSIVE,
            columns().createFill(spec, SyncMode.STRICT),
            Optional.of(SyncMode.STRICT),
            Undo.by(
                step(
                    undo,
                    "sync fill",
                    LockMode.SHARE_ROW_EXCLUSIVE,
                    columns().createFill(spec, SyncMode.FILL),
                    Optional.of(SyncMode.FILL),
                    new Undo.Nothing()))),
        BackfillSteps.verify("backfill.verify." + table.name(), rows, SyncMode.STRICT));
  }

  /** Once every row has its value and the column fills itself, nobody needs the triggers. */
  public List<Step> afterBackfill() {
    return lasting() ? List.of() : List.of(gone("backfill.fill." + table.name()));
  }

  /**
   * Old applications are gone: whoever inserts a row from now on knows the column. The rows are not
   * compared again: where NULL is allowed, an application may have meant one since.
   */
  public List<Step> retire() {
    return lasting() ? List.of(gone("retire.fill." + table.name())) : List.of();
  }

  private boolean lasting() {
    return fills.stream().anyMatch(Fill::lasting);
  }

  private Columns columns() {
    return dialect.columns();
  }

  private Step made(String id, String kind, SyncMode mode) {
    return step(
        id,
        kind,
        LockMode.SHARE_ROW_EXCLUSIVE,
        columns().createFill(spec, mode),
        Optional.of(mode),
        Undo.by(
            step(
                id + ".undo",
                "stop filling rows",
                LockMode.ACCESS_EXCLUSIVE,
                columns().dropFill(spec),
                Optional.empty(),
                new Undo.Nothing())));
  }

  private Step gone(String id) {
    List<String> sql = new ArrayList<>(columns().dropFill(spec));
    List<String> back = new ArrayList<>();
    for (Fill fill : fills) {
      if (fill.laterDefault().isPresent()) {
        sql.add(dialect.setDefault(table.name(), fill.column(), fill.laterDefault()));
        back.add(dialect.setDefault(table.name(), fill.column(), Optional.empty()));
      }
    }
    back.addAll(columns().createFill(spec, SyncMode.STRICT));
    return step(
        id,
        "stop filling rows",
        LockMode.ACCESS_EXCLUSIVE,
        sql,
        Optional.empty(),
        Undo.by(
            step(
                id + ".undo",
                "fill rows that are written",
                LockMode.ACCESS_EXCLUSIVE,
                back,
                Optional.of(SyncMode.STRICT),
                new Undo.Nothing())));
  }

  private Step step(
      String id, String kind, LockMode lock, List<String> sql, Optional<SyncMode> mode, Undo undo) {
    return new Step.BriefDdl(
        id,
        kind,
        sql,
        lock,
        List.of(table.name()),
        preconditions(),
        Optional.of(
            new Sync(
                table.name(),
                table.oid(),
                mode,
                spec.insertTrigger(),
                spec.updateTrigger(),
                spec.skipSetting(),
                mode.map(it -> columns().createFill(spec, it)).orElse(List.of()),
                Optional.empty())),
        undo);
  }

  private List<Check> preconditions() {
    return Stream.concat(
            Stream.of(dialect.tableIs(table.name(), table.oid())),
            fills.stream()
                .map(fill -> dialect.columnIsNew(table.oid(), table.lastAttnum(), fill.column())))
        .toList();
  }

  private RowMapping rows() {
    Optional<UniqueKey> key = table.keys().stream().findFirst();
    return new RowMapping(
        table.name(),
        table.oid(),
        key.map(UniqueKey::columns).orElse(List.of()),
        key.map(UniqueKey::words).orElse(TableSync.BY_BLOCK),
        // One missing value gets the row into a batch; those beside it may be an application's.
        fills.size() == 1
            ? List.of(fills.get(0).rows())
            : fills.stream().map(Fill::rowsAmongOthers).toList(),
        spec.skipSetting(),
        List.of());
  }
}
