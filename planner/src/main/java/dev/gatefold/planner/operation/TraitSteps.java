package dev.gatefold.planner.operation;

import dev.gatefold.planner.change.ColumnTraits;
import dev.gatefold.planner.change.ColumnTraits.Compression;
import dev.gatefold.planner.change.ColumnTraits.Storage;
import dev.gatefold.planner.dialect.Columns;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Comment, statistics target, storage and compression of a column that stays where it is. */
final class TraitSteps {

  private final ColumnWork work;
  private final Columns columns;
  private final ColumnTraits wanted;

  TraitSteps(ColumnWork work) {
    this.work = work;
    this.columns = work.dialect().columns();
    this.wanted = work.target().operation().wanted().traits();
  }

  /** A partition's own would be overwritten, and nothing would know of it in a rollback. */
  List<Reason> reasons() {
    List<Reason> reasons = new ArrayList<>();
    if (wanted.statistics().isPresent()) {
      differing("statistics target", Column.Settings::statistics).ifPresent(reasons::add);
    }
    if (wanted.storage().isPresent()) {
      differing("storage", Column.Settings::storage).ifPresent(reasons::add);
    }
    return reasons;
  }

  private Optional<Reason> differing(String what, Function<Column.Settings, Optional<?>> setting) {
    return work.target().table().partitioning().partitions().stream()
        .filter(
            partition ->
                partition
                    .column(work.name())
                    .map(Column::settings)
                    .filter(own -> !setting.apply(own).equals(setting.apply(old())))
                    .isPresent())
        .findFirst()
        .map(
            partition ->
                new Reason(
                    "partition-differs",
                    partition.name() + "." + work.name(),
                    "its %s is another than that of %s".formatted(what, work.target().label()),
                    "Make both the same with ALTER TABLE %s ALTER COLUMN %s."
                        .formatted(partition.name().quoted(), work.name().quoted())));
  }

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    wanted
        .comment()
        .filter(text -> !text.equals(comment()))
        .map(this::comment)
        .ifPresent(steps::add);
    wanted
        .statistics()
        .map(target -> Optional.of(target).filter(number -> number >= 0))
        .filter(target -> !target.equals(old().statistics()))
        .map(this::statistics)
        .ifPresent(steps::add);
    wanted
        .storage()
        .map(mode -> mode == Storage.DEFAULT ? old().ownStorage() : mode.name())
        .filter(mode -> !mode.equals(storage()))
        .map(this::storage)
        .ifPresent(steps::add);
    wanted
        .compression()
        .map(Compression::method)
        .filter(method -> !method.equals(old().compression()))
        .map(this::compression)
        .ifPresent(steps::add);
    return steps;
  }

  private Step comment(String text) {
    return step(
        "comment",
        LockMode.SHARE_UPDATE_EXCLUSIVE,
        columns.comment(work.table(), work.name(), Optional.of(text).filter(it -> !it.isEmpty())),
        columns.comment(work.table(), work.name(), work.column().comment()));
  }

  private Step statistics(Optional<Integer> target) {
    return step(
        "statistics",
        LockMode.SHARE_UPDATE_EXCLUSIVE,
        columns.statistics(work.table(), work.name(), target),
        columns.statistics(work.table(), work.name(), old().statistics()));
  }

  private Step storage(String mode) {
    return step(
        "storage",
        LockMode.ACCESS_EXCLUSIVE,
        columns.storage(work.table(), work.name(), mode),
        columns.storage(work.table(), work.name(), storage()));
  }

  private Step compression(Optional<String> method) {
    return step(
        "compression",
        LockMode.ACCESS_EXCLUSIVE,
        columns.compression(work.table(), work.name(), method),
        columns.compression(work.table(), work.name(), old().compression()));
  }

  private Step step(String what, LockMode lock, String sql, String back) {
    return work.brief(
        "expand.%s.%s.%s".formatted(what, work.table(), work.name()),
        "set " + what,
        lock,
        List.of(sql),
        "set " + what + " back",
        List.of(back));
  }

  private Column.Settings old() {
    return work.column().settings();
  }

  private String comment() {
    return work.column().comment().orElse("");
  }

  private String storage() {
    return old().storage().orElse(old().ownStorage());
  }
}
