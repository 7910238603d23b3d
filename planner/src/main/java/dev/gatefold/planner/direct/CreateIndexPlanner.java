package dev.gatefold.planner.direct;

import dev.gatefold.planner.draft.IndexDraft;
import dev.gatefold.planner.draft.Printed;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.operation.TableChecks;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.Optional;

/** {@code create_index}: built beside traffic, in {@code expand}; taken back, it is dropped so. */
final class CreateIndexPlanner {

  private final Site site;

  CreateIndexPlanner(Site site) {
    this.site = site;
  }

  Planned plan(IndexDraft draft) {
    Optional<Table> table = site.table(draft.table());
    if (table.isEmpty()) {
      return site.made(draft.table())
          .map(made -> new FreshTable(site, draft.table(), made).index(draft))
          .orElseGet(() -> Missing.table(draft.table()));
    }
    List<Reason> reasons = TableChecks.ofTable(table.get());
    if (!reasons.isEmpty()) {
      return new Planned.Refused(reasons);
    }
    String label = draft.table() + "." + draft.name();
    if (table.get().index(draft.name()).isPresent()) {
      return Refused.nameTaken(label);
    }
    return site.answer(draft)
        .match(
            printed -> plan(new TableWork(site, table.get()), draft, printed),
            rejected -> Refused.byServer(label, rejected));
  }

  private static Planned plan(TableWork work, IndexDraft draft, Printed printed) {
    return new Staging()
        .claim(work.claim(draft.name()))
        .reads(work.name(), printed.columns())
        .in(
            StageName.EXPAND,
            new IndexBuild(work)
                .steps("expand.index." + work.label(draft.name()), "", wanted(draft, printed)))
        .planned();
  }

  static IndexBuild.Wanted wanted(IndexDraft draft, Printed printed) {
    return new IndexBuild.Wanted(
        draft.name(),
        draft.unique(),
        printed.definition(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
