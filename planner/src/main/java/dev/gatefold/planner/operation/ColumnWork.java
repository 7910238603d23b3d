package dev.gatefold.planner.operation;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Column;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Steps on one column that stays where it is: metadata only. */
final class ColumnWork {

  private final Target target;
  private final Dialect dialect;

  ColumnWork(Target target, Dialect dialect) {
    this.target = target;
    this.dialect = dialect;
  }

  Target target() {
    return target;
  }

  Dialect dialect() {
    return dialect;
  }

  TableName table() {
    return target.table().name();
  }

  Column column() {
    return target.column();
  }

  Identifier name() {
    return target.column().name();
  }

  /** There and back. */
  Step brief(
      String id,
      String kind,
      LockMode lock,
      List<String> sql,
      String backKind,
      List<String> back,
      Step... afterwards) {
    return brief(id, kind, lock, sql, undo(brief(id + ".undo", backKind, lock, back), afterwards));
  }

  private static Undo undo(Step back, Step... afterwards) {
    return new Undo.Steps(Stream.concat(Stream.of(back), Stream.of(afterwards)).toList());
  }

  /** One that leaves nothing behind that would have to be taken back. */
  Step brief(String id, String kind, LockMode lock, List<String> sql) {
    return brief(id, kind, lock, sql, new Undo.Nothing());
  }

  Step brief(String id, String kind, LockMode lock, List<String> sql, Undo undo) {
    return new Step.BriefDdl(
        id,
        kind,
        sql,
        lock,
        List.of(table()),
        List.of(
            dialect.tableIs(table(), target.table().oid()),
            dialect.columnIs(target.table().oid(), target.column().attnum(), name())),
        Optional.empty(),
        undo);
  }
}
