package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.Retire;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.MadeTable;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.util.Optional;

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
