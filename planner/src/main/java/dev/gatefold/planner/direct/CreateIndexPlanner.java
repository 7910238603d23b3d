package dev.gatefold.planner.direct;

import dev.gatefold.planner.draft.IndexDraft;
import dev.gatefold.planner.draft.Printed;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.StageName;
import java.util.Optional;

/** {@code create_index}: built beside traffic, in {@code expand}; taken back, it is dropped so. */
final class CreateIndexPlanner {

  private final Site site;

  CreateIndexPlanner(Site site) {
    this.site = site;
  }

  Planned plan(IndexDraft draft) {
    return site.onTable(
        draft.table(),
        made -> new FreshTable(site, draft.table(), made).index(draft),
        work -> plan(work, draft));
  }

  private Planned plan(TableWork work, IndexDraft draft) {
    String label = draft.table() + "." + draft.name();
    if (work.table().index(draft.name()).isPresent()) {
      return Refused.nameTaken(label);
    }
    return site.answer(draft)
        .match(
            printed -> plan(work, draft, printed), rejected -> Refused.byServer(label, rejected));
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
