package dev.gatefold.planner;

import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.NamedTables;
import dev.gatefold.planner.change.RawSql;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.hazard.Hazards;
import dev.gatefold.planner.hazard.Scene;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.operation.Planned.TableColumn;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Plan.Claim;
import dev.gatefold.planner.plan.Plan.Leaving;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Sync;
import dev.gatefold.planner.replacement.BackfillSteps;
import dev.gatefold.planner.replacement.ColumnGroup;
import dev.gatefold.planner.replacement.ColumnReplacement;
import dev.gatefold.planner.replacement.DropSteps;
import dev.gatefold.planner.replacement.ExpandSteps;
import dev.gatefold.planner.replacement.JointSwap;
import dev.gatefold.planner.replacement.Kin;
import dev.gatefold.planner.replacement.RetireSteps;
import dev.gatefold.planner.replacement.TableReplacement;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects what the operations ask for and lays it out in stages. Used once, by one thread. */
final class PlanDraft {

  private final Schema schema;
  private final Change change;
  private final Dialect dialect;
  private final List<Planned.Staged> staged = new ArrayList<>();
  private final Set<Claim> claims = new LinkedHashSet<>();
  private final Map<TableName, List<ColumnReplacement>> replaced = new TreeMap<>();
  private final Map<TableName, List<ColumnGroup>> regrouped = new TreeMap<>();

  PlanDraft(Schema schema, Change change, Dialect dialect) {
    this.schema = schema;
    this.change = change;
    this.dialect = dialect;
  }

  void add(Planned.Staged planned) {
    staged.add(planned);
    claims.addAll(planned.claims());
  }

  void replace(TableName name, ColumnReplacement column) {
    replaced.computeIfAbsent(name, table -> new ArrayList<>()).add(column);
    claim(name, column.old().name());
    claim(name, column.finalName());
    claimReferring(table(name), column.old().attnum());
  }

  void regroup(TableName name, ColumnGroup group) {
    replaced.computeIfAbsent(name, table -> new ArrayList<>());
    regrouped.computeIfAbsent(name, table -> new ArrayList<>()).add(group);
    group.olds().forEach(old -> claim(name, old.name()));
    group.news().forEach(column -> claim(name, column.name()));
  }

  /**
   * An index over the columns of two changes would be carried by both, each knowing but its own:
   * the second swap would put the first one's away.
   */
  private void claimCarried(TableReplacement table) {
    table.carriedNames().forEach(carried -> claim(table.table().name(), carried));
  }

  private void claim(TableName table, Identifier column) {
    claims.add(new Claim(table, table(table).oid(), column, false));
  }

  /** Another change of a column that refers would make foreign keys to what is about to go. */
  private void claimReferring(Table table, int attnum) {
    table.incoming().stream()
        .filter(key -> key.columns().contains(attnum))
        .forEach(
            key ->
                key.childColumns()
                    .forEach(
                        column ->
                            claims.add(new Claim(key.child(), key.childOid(), column, true))));
  }

  private Table table(TableName name) {
    return schema.table(name).orElseThrow(() -> new IllegalStateException("no table " + name));
  }

  /** Reasons in the mix of operations. */
  List<Reason> reasons() {
    return Stream.of(
            irreversible().stream(),
            replacedBeside().stream(),
            twice().stream(),
            syncedBeside().stream(),
            keyless().stream(),
            kinship().circles().stream(),
            unfed().stream(),
            fills().reasons().stream(),
            SharedFollowers.of(schema, replaced.keySet()))
        .flatMap(reasons -> reasons)
        .toList();
  }

  /** What a change feed does not keep in step. */
  private List<Reason> unfed() {
    return change.sync().isFeed()
        ? FeedReasons.of(change, replacements(), regrouped.keySet(), staged)
        : List.of();
  }

  /** The rows of partitions have no places in the table, but for those in a key. */
  private List<Reason> keyless() {
    return replacements().stream()
        .filter(table -> table.table().kind() == Table.Kind.PARTITIONED && table.key().isEmpty())
        .map(
            table ->
                new Reason(
                    "no-unique-key",
                    table.table().name().toString(),
                    "the partitioned table has no unique key, beside the columns of the change,"
                        + " along which its rows could be visited",
                    "Add a primary key, or a unique constraint over NOT NULL columns, first."))
        .toList();
  }

  /** What hangs on a column when the plan is made comes along; what is made later would be lost. */
  private List<Reason> replacedBeside() {
    Set<TableColumn> columns = new LinkedHashSet<>();
    staged.forEach(planned -> columns.addAll(planned.columns()));
    return columns.stream()
        .filter(column -> gives(column.table(), column.column()))
        .map(
            column ->
                new Reason(
                    "replaced-beside",
                    column.table() + "." + column.column(),
                    "one operation of the change replaces the column, and another works on it",
                    "Put the two operations in changes of their own, one after the other."))
        .toList();
  }

  private TableFills fills() {
    return new TableFills(change.name(), schema, dialect, staged, replaced.keySet());
  }

  private boolean gives(TableName table, Identifier name) {
    return Stream.concat(
            replaced.getOrDefault(table, List.of()).stream()
                .flatMap(column -> Stream.of(column.old().name(), column.finalName())),
            regrouped.getOrDefault(table, List.of()).stream().flatMap(ColumnGroup::names))
        .anyMatch(name::equals);
  }

  /** Two operations that would do the same to the same thing. */
  private List<Reason> twice() {
    Set<String> ids = new LinkedHashSet<>();
    return staged.stream()
        .flatMap(planned -> planned.steps().values().stream())
        .flatMap(List::stream)
        .filter(step -> !ids.add(step.id()))
        .map(
            step ->
                new Reason(
                    "named-twice",
                    step.tables().isEmpty() ? step.id() : step.tables().get(0).toString(),
                    "two operations of the change do the same (%s)".formatted(step.id()),
                    "Take one of them out of the file."))
        .toList();
  }

  /** A table has one sync and one backfill at a time. */
  private List<Reason> syncedBeside() {
    Set<TableName> seen = new LinkedHashSet<>(replaced.keySet());
    seen.addAll(fills().tables());
    return staged.stream()
        .flatMap(planned -> synced(planned).filter(table -> !seen.add(table)))
        .map(
            table ->
                new Reason(
                    "synced-beside",
                    table.toString(),
                    "one operation of the change moves columns of the table or to it, and another"
                        + " moves, fills or replaces columns of it too",
                    "Put the two operations in changes of their own, one after the other."))
        .toList();
  }

  private static Stream<TableName> synced(Planned.Staged planned) {
    return planned.in(StageName.EXPAND).stream()
        .flatMap(step -> step instanceof Step.BriefDdl ddl ? ddl.syncs().stream() : Stream.empty())
        .map(Sync::table)
        .distinct();
  }

  /** An operation that cannot be undone would keep all the others from being rolled back. */
  private List<Reason> irreversible() {
    return replaced.isEmpty()
        ? List.of()
        : staged.stream()
            .flatMap(planned -> planned.in(StageName.EXPAND).stream())
            .filter(step -> !step.undo().possible())
            .map(
                step ->
                    new Reason(
                        "irreversible-mixed",
                        step.tables().stream()
                            .findFirst()
                            .map(TableName::toString)
                            .orElse(step.id()),
                        "the change alters one column in place for good and replaces another: it"
                            + " could not be rolled back",
                        "Put the two operations in changes of their own."))
            .toList();
  }

  Set<Claim> claims() {
    return claims;
  }

  Plan plan() {
    List<TableReplacement> tables = replacements();
    tables.forEach(this::claimCarried);
    List<Stage> stages = stages(tables);
    return new Plan(
        change.name(),
        change.backfill(),
        stages,
        List.copyOf(claims),
        Stream.concat(
                staged.stream().flatMap(planned -> planned.hazards().stream()),
                Hazards.of(scene(tables, stages)).stream())
            .toList(),
        Stream.concat(
                staged.stream().flatMap(planned -> planned.deploys().stream()),
                Deploys.of(tables).stream())
            .distinct()
            .toList(),
        leaving(),
        Optional.of(Surveys.of(schema)));
  }

  private List<Stage> stages(List<TableReplacement> tables) {
    return Stream.of(
            stage(StageName.EXPAND, tables, table -> new ExpandSteps(table).steps()),
            stage(StageName.BACKFILL, tables, this::backfill),
            verifiedFirst(retire(tables)),
            verifiedFirst(drop(tables)))
        .filter(stage -> !stage.steps().isEmpty())
        .toList();
  }

  private List<Leaving> leaving() {
    return staged.stream().flatMap(planned -> planned.leaving().stream()).toList();
  }

  private static boolean isUnproven(Planned.Staged planned) {
    return planned.steps().values().stream()
        .flatMap(List::stream)
        .anyMatch(step -> step.kind().equals(RawSql.KIND));
  }

  private Scene scene(List<TableReplacement> tables, List<Stage> stages) {
    return new Scene(
        schema,
        change.operations().stream().flatMap(NamedTables::of).collect(Collectors.toSet()),
        tables,
        staged.stream()
            .flatMap(
                planned ->
                    Stream.of(StageName.values())
                        .map(stage -> Scene.Work.of(stage, isUnproven(planned), planned.in(stage))))
            .toList(),
        leaving(),
        stages);
  }

  private Stage retire(List<TableReplacement> tables) {
    return TradedTypes.of(schema, change).isEmpty()
        ? stage(StageName.RETIRE, tables, table -> new RetireSteps(table).steps())
        : and(stage(StageName.RETIRE, List.of(), table -> List.of()), joint(tables).steps());
  }

  private Stage drop(List<TableReplacement> tables) {
    return and(
        stage(StageName.DROP, tables, table -> new DropSteps(table).steps()),
        joint(tables).drops());
  }

  private static Stage and(Stage stage, List<Step> more) {
    return new Stage(stage.name(), Stream.concat(stage.steps().stream(), more.stream()).toList());
  }

  private JointSwap joint(List<TableReplacement> tables) {
    return new JointSwap(tables, TradedTypes.of(schema, change), dialect);
  }

  private List<TableReplacement> replacements() {
    Kinship kinship = kinship();
    List<TableReplacement> tables = new ArrayList<>();
    for (TableName name : kinship.order()) {
      tables.add(
          new TableReplacement(
              change,
              table(name),
              schema.probe(name).orElseThrow(),
              replaced.getOrDefault(name, List.of()),
              regrouped.getOrDefault(name, List.of()),
              fills().beside(name),
              new Kin(tables, kinship.keys(name)),
              dialect,
              change.sync().isFeed()
                  ? Optional.of(dialect.feeds(schema.server().version()))
                  : Optional.empty()));
    }
    return tables;
  }

  private Kinship kinship() {
    return new Kinship(
        schema,
        replaced.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry ->
                        entry.getValue().stream()
                            .map(column -> column.old().attnum())
                            .collect(Collectors.toSet()))));
  }

  /** No table is touched before the rows of all are known to be right. */
  private static Stage verifiedFirst(Stage stage) {
    return new Stage(
        stage.name(),
        Stream.concat(
                stage.steps().stream().filter(Step.VerifyRows.class::isInstance),
                stage.steps().stream().filter(step -> !(step instanceof Step.VerifyRows)))
            .toList());
  }

  /** Where new columns are filled by the same backfill, before all that leans on their values. */
  private List<Step> rowsFirst(List<TableReplacement> tables) {
    return tables.stream()
        .filter(this::fillsToo)
        .flatMap(table -> new BackfillSteps(table).rows().stream())
        .toList();
  }

  private List<Step> backfill(TableReplacement table) {
    BackfillSteps steps = new BackfillSteps(table);
    return Stream.concat(
            fillsToo(table) ? Stream.of() : steps.rows().stream(), steps.afterRows().stream())
        .toList();
  }

  private boolean fillsToo(TableReplacement table) {
    return !fills().beside(table.table().name()).isEmpty();
  }

  private Stage stage(
      StageName name, List<TableReplacement> tables, Function<TableReplacement, List<Step>> steps) {
    return new Stage(
        name,
        Stream.concat(
                fills()
                    .around(
                        name,
                        name == StageName.BACKFILL ? rowsFirst(tables) : List.of(),
                        staged.stream().flatMap(planned -> planned.in(name).stream()).toList())
                    .stream(),
                tables.stream().map(steps).flatMap(List::stream))
            .toList());
  }
}
