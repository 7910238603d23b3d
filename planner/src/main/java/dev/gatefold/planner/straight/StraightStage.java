package dev.gatefold.planner.straight;

import dev.gatefold.planner.change.AddColumn;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.CreateTable;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.hazard.Weight;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The straight way as the one stage of a plan: one step, one transaction, in which all tables are
 * locked from the first statement on. That they are small is seen when it is planned and, under the
 * lock, when it runs: until then anybody may fill them.
 */
public final class StraightStage {

  private static final long MEGABYTE = 1L << 20;

  private static final String LIMITS =
      "\"straight: when_small\" is for fewer than %,d rows and less than %d MB"
          .formatted(Weight.SMALL_ROWS, Weight.SMALL_BYTES / MEGABYTE);

  private final Schema schema;
  private final Change change;
  private final Dialect dialect;
  private final Straight.Script script;
  private final LockedTables tables;

  /** The stage of a change whose straight way is known. */
  public StraightStage(Schema schema, Change change, Dialect dialect, Straight.Script script) {
    this.schema = schema;
    this.change = change;
    this.dialect = dialect;
    this.script = script;
    this.tables = new LockedTables(schema, change);
  }

  /** Why it cannot be one stage. */
  public List<Reason> reasons() {
    return script.transactional()
        ? rows().filter(table -> !Weight.isSmall(table)).map(StraightStage::large).toList()
        : List.of(
            new Reason(
                "not-in-a-transaction",
                change.name().toString(),
                "\"straight: when_small\" does all in one transaction, in which SQL of the change"
                    + " cannot run",
                "Leave out \"straight\", or \"transaction: false\"."));
  }

  private static Reason large(Table table) {
    return new Reason(
        "not-small",
        table.name().toString(),
        "the table has %s and %d MB; %s: its rows would be read or written anew while nobody can use it"
            .formatted(
                table.rows() < 0 ? "an unknown number of rows" : "%,d rows".formatted(table.rows()),
                table.load().bytes() / MEGABYTE,
                LIMITS),
        "Leave out \"straight\": the change then goes beside traffic, stage by stage.");
  }

  private Stream<Table> rows() {
    return tables.rows().stream()
        .flatMap(name -> schema.table(name).stream())
        .filter(table -> table.kind() != Table.Kind.VIEW);
  }

  /** The stage. */
  public Stage stage() {
    return new Stage(
        StageName.EXPAND,
        List.of(
            new Step.BriefDdl(
                id(),
                Step.STRAIGHT,
                script.statements(),
                LockMode.ACCESS_EXCLUSIVE,
                tables.all(),
                preconditions(),
                Optional.empty(),
                undo())));
  }

  private String id() {
    return "expand.straight." + change.name();
  }

  private List<Check> preconditions() {
    List<Check> checks = new ArrayList<>();
    tables.worked().stream()
        .flatMap(name -> schema.table(name).stream())
        .forEach(table -> checks.add(dialect.tableIs(table.name(), table.oid())));
    existing().forEach(name -> checks.add(isSmall(name)));
    return checks;
  }

  /** Those that are there; one that refers may be none that the planner has read. */
  private Stream<TableName> existing() {
    return tables.rows().stream()
        .filter(name -> schema.table(name).isPresent() || !tables.worked().contains(name))
        .filter(
            name -> schema.table(name).filter(table -> table.kind() == Table.Kind.VIEW).isEmpty());
  }

  private Check isSmall(TableName table) {
    return dialect
        .tables()
        .isSmall(
            table,
            Weight.SMALL_ROWS,
            Weight.SMALL_BYTES,
            "table %s is not small any more, and %s".formatted(table, LIMITS));
  }

  private Undo undo() {
    return script
        .back()
        .<Undo>map(
            back ->
                Undo.by(
                    new Step.BriefDdl(
                        id() + ".undo",
                        Step.STRAIGHT + " back",
                        back.statements(),
                        LockMode.ACCESS_EXCLUSIVE,
                        tables.all(),
                        preconditionsBack(back),
                        Optional.empty(),
                        new Undo.Nothing())))
        .orElseGet(
            () ->
                new Undo.PointOfNoReturn(
                    "what the straight way replaces or drops is gone at once: nothing of it is kept"
                        + " to go back to"));
  }

  private List<Check> preconditionsBack(Straight.Back back) {
    List<Check> checks = new ArrayList<>(areNew());
    checks.addAll(nothingIsLost());
    if (back.readsRows()) {
      existing().forEach(name -> checks.add(isSmall(name)));
    }
    return checks;
  }

  /** The name alone would not do for what is dropped with its values. */
  private List<Check> areNew() {
    return change.operations().stream()
        .filter(AddColumn.class::isInstance)
        .map(operation -> ((AddColumn) operation).column())
        .flatMap(
            column ->
                schema.table(column.table()).stream()
                    .map(
                        table ->
                            dialect.columnIsNew(table.oid(), table.lastAttnum(), column.name())))
        .toList();
  }

  /** Rows of a table that the change makes would go with it. */
  private List<Check> nothingIsLost() {
    return change.operations().stream()
        .filter(CreateTable.class::isInstance)
        .map(operation -> ((CreateTable) operation).table().table())
        .map(
            table ->
                dialect
                    .tables()
                    .isEmpty(
                        table,
                        "table %s has rows, which would be lost with it: keep them elsewhere if they matter, run TRUNCATE %s, and roll back again"
                            .formatted(table, table.quoted())))
        .toList();
  }

  /** What applications have to do, for people. */
  public List<String> deploys() {
    String names =
        tables.worked().stream().map(TableName::toString).collect(Collectors.joining(", "));
    return names.isEmpty()
        ? List.of("before expand: nothing that runs may count on what the change replaces")
        : List.of(
            "before expand: nothing that runs may use %s as it is now: it changes from one instant to the next"
                .formatted(names));
  }
}
