package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.Retire;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.MadeTable;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Missing;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.operation.TableChecks;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What every operation of a change is planned with. */
public record Site(Change whole, Schema schema, Dialect dialect) {

  ChangeName change() {
    return whole.name();
  }

  Retire retire() {
    return whole.retire();
  }

  Optional<Table> table(TableName name) {
    return schema.table(name);
  }

  /** An operation on a table that there is, and in which things may be changed. */
  Planned onTable(TableName name, Function<TableWork, Planned> plan) {
    return onTable(name, () -> Missing.table(name), plan);
  }

  /** The same of one that the change may just as well make. */
  Planned onTable(
      TableName name, Function<MadeTable, Planned> fresh, Function<TableWork, Planned> plan) {
    return onTable(name, () -> made(name).map(fresh).orElseGet(() -> Missing.table(name)), plan);
  }

  private Planned onTable(
      TableName name, Supplier<Planned> otherwise, Function<TableWork, Planned> plan) {
    Optional<Table> table = table(name);
    if (table.isEmpty()) {
      return otherwise.get();
    }
    List<Reason> reasons = TableChecks.ofTable(table.get());
    return reasons.isEmpty()
        ? plan.apply(new TableWork(this, table.get()))
        : new Planned.Refused(reasons);
  }

  /** A table that an operation of the change makes: it has no OID yet, and no rows. */
  Optional<MadeTable> made(TableName name) {
    return schema.drafts().made(name);
  }

  <A> Probed<A> answer(Draft<A> draft) {
    return schema.drafts().of(draft);
  }

  int version() {
    return schema.server().version();
  }
}
