package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.Retire;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.Dialect.Hanging;
import dev.gatefold.planner.dialect.FillSpec;
import dev.gatefold.planner.dialect.Retirement;
import dev.gatefold.planner.dialect.Retirement.Retired;
import dev.gatefold.planner.draft.ValueDraft;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Plan.Leaving;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.replacement.NullRefusal;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Constraint.Kind;
import dev.gatefold.planner.schema.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A column that goes, in all its stages. */
final class LeavingColumn {

  private static final Undo GONE = new Undo.PointOfNoReturn("the column is gone");

  private final Site site;
  private final TableWork work;
  private final Dialect dialect;
  private final Column column;
  private final Optional<ValueDraft.Value> down;
  private final boolean denied;

  LeavingColumn(Site site, TableWork work, Column column, Optional<ValueDraft.Value> down) {
    this.site = site;
    this.work = work;
    this.dialect = work.dialect();
    this.column = column;
    this.down = down;
    this.denied = site.whole().retire() == Retire.REVOKE;
  }

  Planned planned() {
    Staging staging =
        new Staging()
            .claim(work.claim(column.name()))
            .reads(work.name(), List.of(column.name()))
            .in(StageName.EXPAND, expand())
            .in(StageName.RETIRE, retire())
            .in(StageName.DROP, drop())
            .leaving(
                new Leaving(work.name(), work.table().oid(), Optional.of(column.name()), hidden()));
    down.ifPresent(value -> staging.reads(work.name(), value.reads()));
    staging
        .deploy(
            "%s: deploy the version that does without %s"
                .formatted(expand().isEmpty() ? "at any time" : "once expanded", label()))
        .deploy("before retire: every version that uses %s must be gone".formatted(label()));
    alongside().ifPresent(staging::deploy);
    return staging.planned();
  }

  private String label() {
    return work.label(column.name());
  }

  private Identifier hidden() {
    return denied ? column.name() : work.names().oldColumn(column.attnum());
  }

  /** Lets rows be inserted without the column. */
  private List<Step> expand() {
    List<String> sql = new ArrayList<>();
    List<Step> undo = new ArrayList<>();
    if (down.isPresent()) {
      sql.addAll(fallback());
      undo.add(
          brief(
              "expand.leaving." + label() + ".undo", "insert as before", noFallback(), nothing()));
    } else if (refusesRowsWithout()) {
      sql.add(dialect.dropNotNull(work.name(), column.name()));
      undo.addAll(
          NullRefusal.again(dialect, work.table(), work.names(), column.attnum())
              .steps("expand.not-null." + label(), ".undo"));
    }
    return sql.isEmpty()
        ? List.of()
        : List.of(
            brief(
                "expand.leaving." + label(),
                "let rows come without the column",
                sql,
                new Undo.Steps(undo)));
  }

  private boolean refusesRowsWithout() {
    return column.notNull()
        && column.defaultValue().isEmpty()
        && column.identity().isEmpty()
        && !column.generated();
  }

  /** A value that reads no column is a default; any other needs the row. */
  private boolean isDefault() {
    return down.filter(value -> value.reads().isEmpty()).isPresent();
  }

  private List<String> fallback() {
    if (isDefault()) {
      return List.of(setDefault(down.map(value -> value.sql().text())));
    }
    List<String> sql = new ArrayList<>();
    if (column.defaultValue().isPresent()) {
      // It would come first.
      sql.add(setDefault(Optional.empty()));
    }
    sql.addAll(dialect.columns().createFill(fill(column.name()), SyncMode.STRICT));
    return sql;
  }

  private List<String> noFallback() {
    List<String> sql = new ArrayList<>();
    if (!isDefault()) {
      sql.addAll(dialect.columns().dropFill(fill(column.name())));
    }
    sql.add(setDefault(column.defaultValue().map(Column.Default::expression)));
    return sql;
  }

  private String setDefault(Optional<String> expression) {
    return dialect.setDefault(work.name(), column.name(), expression);
  }

  private boolean hasTrigger() {
    return down.isPresent() && !isDefault();
  }

  private FillSpec fill(Identifier name) {
    return new FillSpec(
        site.change(),
        work.name(),
        work.names().token(),
        "left" + column.attnum(),
        true,
        List.of(new FillSpec.Filled(name, down.orElseThrow().sql())));
  }

  private Step retire() {
    Retirement retirement = dialect.retirement();
    List<String> sql = new ArrayList<>();
    if (!denied) {
      sql.addAll(renamed(column.name(), hidden()));
    }
    sql.addAll(
        retirement.tell(work.name(), token(), List.of(new Retired(hidden(), words())), denied));
    if (denied) {
      sql.addAll(retirement.deny(token()));
    }
    List<String> back = new ArrayList<>(reachable());
    if (!denied) {
      back.addAll(renamed(hidden(), column.name()));
    }
    String id = "retire.column." + label();
    return work.brief(
        id,
        "put column out of reach",
        sql,
        preconditions(),
        Undo.by(
            work.brief(id + ".undo", "bring column back", back, List.of(is(hidden())), nothing())));
  }

  /** The body of the trigger's function names the column. */
  private List<String> renamed(Identifier from, Identifier to) {
    List<String> sql = new ArrayList<>();
    sql.add(dialect.renameColumn(work.name(), from, to));
    if (hasTrigger()) {
      sql.addAll(dialect.columns().createFill(fill(to), SyncMode.STRICT));
    }
    return sql;
  }

  private List<String> reachable() {
    Retirement retirement = dialect.retirement();
    return Stream.concat(
            denied ? retirement.allow(token()).stream() : Stream.of(),
            retirement.forget(token()).stream())
        .toList();
  }

  private String words() {
    return "was %s; retired by Gatefold for the change %s: drop takes it away; gatefold status %s"
        .formatted(column.name().quoted(), site.change(), site.change());
  }

  /** Two columns of a table may go in one change, each by itself. */
  private String token() {
    return work.names().token() + "_" + column.attnum();
  }

  /** Whatever hangs on the column by now would go with it. */
  private List<Check> preconditions() {
    List<Check> checks = new ArrayList<>();
    checks.add(is(column.name()));
    checks.addAll(nothingElse());
    if (work.partitioned()) {
      checks.add(dialect.partitions().nothingOfTheirOwn(work.table().oid(), column.name()));
    }
    if (denied) {
      checks.add(dialect.retirement().grantedByOwner(work.name()));
    }
    return checks;
  }

  private List<Check> nothingElse() {
    return List.of(
        dialect.readBy(work.table().oid(), column.attnum(), List.of()),
        dialect.carriesOnly(
            work.table().oid(),
            column.attnum(),
            new Hanging(
                indexes().map(Index::name).toList(),
                constraints().map(Constraint::name).toList(),
                List.of(),
                List.of())));
  }

  private Check is(Identifier name) {
    return dialect.columnIs(work.table().oid(), column.attnum(), name);
  }

  private Stream<Index> indexes() {
    return work.table().indexes().stream()
        .filter(index -> index.columns().contains(column.attnum()));
  }

  private Stream<Constraint> constraints() {
    return work.table().constraints().stream()
        .filter(
            constraint ->
                constraint.kind() != Kind.NOT_NULL
                    && constraint.kind() != Kind.INCOMING_FOREIGN_KEY)
        .filter(
            constraint ->
                constraint.columns().contains(column.attnum())
                    || indexes()
                        .anyMatch(
                            index -> index.constraint().equals(Optional.of(constraint.name()))));
  }

  /** What goes with the column although it is over others too. */
  private Optional<String> alongside() {
    List<String> names =
        Stream.concat(
                indexes()
                    .filter(index -> index.constraint().isEmpty() && index.columns().size() > 1)
                    .map(index -> "index " + index.name()),
                constraints()
                    .filter(constraint -> constraint.columns().size() > 1)
                    .map(constraint -> "constraint " + constraint.name()))
            .toList();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "before drop: make anew what is wanted without %s, for it goes with it: %s"
                .formatted(label(), String.join(", ", names)));
  }

  private List<Step> drop() {
    List<Step> steps = new ArrayList<>();
    // On its own: it locks the referenced table too.
    constraints()
        .filter(constraint -> constraint.kind() == Kind.FOREIGN_KEY)
        .forEach(constraint -> steps.add(dropForeignKey(constraint)));
    if (!work.partitioned()) {
      indexes()
          .filter(index -> index.constraint().isEmpty())
          .forEach(
              index ->
                  steps.add(
                      new IndexBuild(work)
                          .drop("drop.index." + work.label(index.name()), index.name(), GONE)));
    }
    steps.add(dropColumn());
    return steps;
  }

  private Step dropForeignKey(Constraint constraint) {
    return work.brief(
        "drop.foreign-key." + work.label(constraint.name()),
        "drop foreign key",
        LockMode.ACCESS_EXCLUSIVE,
        new NotValidConstraint(work, constraint.name())
            .tables(constraint.referenced().orElse(work.name())),
        List.of(dialect.dropConstraint(work.name(), constraint.name())),
        List.of(is(hidden())),
        GONE);
  }

  private Step dropColumn() {
    List<String> sql = new ArrayList<>(reachable());
    if (hasTrigger()) {
      sql.addAll(dialect.columns().dropFill(fill(hidden())));
    }
    sql.add(dialect.dropColumns(work.name(), List.of(hidden())));
    return work.brief(
        "drop.column." + label(),
        "drop column",
        sql,
        List.of(
            // The name alone would not do: this is the one statement that loses data.
            is(hidden()), dialect.readBy(work.table().oid(), column.attnum(), List.of())),
        GONE);
  }

  private Step brief(String id, String kind, List<String> sql, Undo undo) {
    return work.brief(id, kind, sql, List.of(is(column.name())), undo);
  }

  private static Undo nothing() {
    return new Undo.Nothing();
  }
}
