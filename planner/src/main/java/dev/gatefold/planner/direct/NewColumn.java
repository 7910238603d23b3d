package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.AddColumn;
import dev.gatefold.planner.dialect.Columns;
import dev.gatefold.planner.draft.AddedColumn;
import dev.gatefold.planner.draft.Numbered;
import dev.gatefold.planner.draft.RowSql;
import dev.gatefold.planner.draft.SequenceOptions;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.replacement.Fill;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A column that comes, in all its stages. */
final class NewColumn {

  private final TableWork work;
  private final Columns columns;
  private final AddColumn operation;
  private final AddedColumn added;
  private final Identifier name;

  NewColumn(TableWork work, AddColumn operation, AddedColumn added) {
    this.work = work;
    this.columns = work.dialect().columns();
    this.operation = operation;
    this.added = added;
    this.name = operation.column().name();
  }

  /** Whether rows have to be filled: they are too many for the lock that adds the column. */
  boolean isFilledLater() {
    boolean rewritten = added.rewrites() && !needsNoRows();
    return operation.column().up().isPresent() || numbered().isPresent() || rewritten;
  }

  /** Added as direct DDL does it, which only a table without rows bears. */
  private boolean needsNoRows() {
    boolean empty = added.tableIsEmpty();
    boolean own = operation.column().up().isEmpty() && numbered().isEmpty();
    boolean valueless =
        !operation.nullable()
            && !added.filled()
            && !added.rewrites()
            && added.generated().isEmpty();
    boolean stored = added.rewrites() && added.defaultValue().isEmpty();
    boolean computed = added.generated().isPresent() && !operation.nullable();
    return empty && own && (valueless || stored || computed);
  }

  Staging staging() {
    Staging staging =
        new Staging()
            .claim(work.claim(name))
            .reads(work.name(), List.of(name))
            .reads(work.name(), added.reads())
            .in(StageName.EXPAND, add());
    if (isFilledLater()) {
      staging.fill(fill());
      if (!operation.nullable()) {
        staging.in(StageName.BACKFILL, new NotNullSteps(work, name).set("backfill"));
      }
      operation.identity().ifPresent(kind -> staging.in(StageName.BACKFILL, identify()));
    }
    return staging.deploy(deploy());
  }

  private String deploy() {
    String label = work.label(name);
    return operation.column().up().isPresent()
        ? "once backfilled: deploy the version that uses %s; before retire: every version that leaves it out of its INSERTs must be gone"
            .formatted(label)
        : isFilledLater()
            ? "once backfilled: deploy the version that uses %s".formatted(label)
            : "once expanded: deploy the version that uses %s".formatted(label);
  }

  private Step add() {
    List<String> sql = new ArrayList<>();
    sql.add(columns.add(work.name(), definition()));
    if (added.sequence().isPresent()) {
      sql.addAll(columns.serial(work.name(), name, numbers()));
    } else if (numbered().isPresent()) {
      sql.addAll(columns.number(work.name(), name, numbers()));
    } else if (isFilledLater() && operation.column().up().isEmpty()) {
      // In the same transaction: no row is written that has neither the value nor NULL.
      sql.add(work.dialect().setDefault(work.name(), name, added.defaultValue()));
    }
    operation
        .comment()
        .ifPresent(text -> sql.add(columns.comment(work.name(), name, Optional.of(text))));
    sql.add(work.dialect().retirement().lend(work.name(), List.of(name)));
    String id = "expand.column." + work.label(name);
    return work.brief(
        id,
        "add column",
        sql,
        needsNoRows() ? List.of(hasNoRows()) : List.of(),
        Undo.by(
            work.brief(
                id + ".undo",
                "drop new column",
                List.of(work.dialect().dropColumns(work.name(), List.of(name))),
                List.of(
                    work.dialect()
                        .columnIsNew(work.table().oid(), work.table().lastAttnum(), name)),
                new Undo.Nothing())));
  }

  private Columns.Definition definition() {
    boolean later = isFilledLater();
    return new Columns.Definition(
        name,
        added.type(),
        later ? Optional.empty() : added.defaultValue(),
        operation.generation(added),
        !later && !operation.nullable());
  }

  private Check hasNoRows() {
    return new Check(
        "SELECT NOT EXISTS (SELECT FROM " + work.name().quoted() + ")",
        "table %s has rows by now: they would be read or written anew under a lock that stops everybody"
            .formatted(work.name()));
  }

  private Fill fill() {
    Optional<RowSql> up = added.up();
    RowSql value =
        up.orElseGet(
            () ->
                new RowSql(
                    numbered().isPresent()
                        ? columns.next(numbers().sequence())
                        : added.defaultValue().orElseThrow()));
    return new Fill(
        work.name(),
        name,
        value,
        !operation.nullable() || up.isEmpty(),
        up.isPresent(),
        up.isPresent() ? added.defaultValue() : Optional.empty());
  }

  private Optional<Numbered> numbered() {
    return operation.column().numbered();
  }

  /** Of an identity, a sequence of ours until it has its own. */
  private Columns.Numbers numbers() {
    return new Columns.Numbers(
        added
            .sequence()
            .orElseGet(() -> new TableName(work.name().schema(), work.names().numbering(name))),
        added.type(),
        numbered().map(Numbered::sequence).orElse(SequenceOptions.NONE));
  }

  /** The end is what direct DDL makes at once: an identity with a sequence of its own. */
  private Step identify() {
    String id = "backfill.identity." + work.label(name);
    return work.brief(
        id,
        "make identity",
        columns.identify(
            work.name(),
            name,
            operation.identity().filter(AddColumn.Identity.ALWAYS::equals).isPresent(),
            numbers()),
        Undo.by(
            work.brief(
                id + ".undo",
                "drop identity",
                columns.numberAgain(work.name(), name, numbers()),
                new Undo.Nothing())));
  }
}
