package dev.gatefold.planner.direct;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.draft.IndexDraft;
import dev.gatefold.planner.draft.Printed;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.operation.Missing;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Index;
import java.util.List;
import java.util.Optional;

/**
 * {@code alter_index}: the new one is built beside traffic, takes the name of the old one, and only
 * then the old one goes: queries are never without either.
 */
final class AlterIndexPlanner {

  private final Site site;

  AlterIndexPlanner(Site site) {
    this.site = site;
  }

  Planned plan(IndexDraft draft) {
    return site.onTable(draft.table(), work -> plan(work, draft));
  }

  private Planned plan(TableWork work, IndexDraft draft) {
    Optional<Index> old = work.table().index(draft.name());
    if (old.isEmpty()) {
      return Missing.index(draft.table(), draft.name());
    }
    Optional<Planned> obstacle = DropIndexPlanner.obstacle(work, old.get());
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    return site.answer(draft)
        .match(
            printed -> plan(work, old.get(), draft, printed),
            rejected -> Refused.byServer(work.label(draft.name()), rejected));
  }

  private static Planned plan(TableWork work, Index old, IndexDraft draft, Printed printed) {
    if (old.definition().equals(printed.definition()) && old.unique() == draft.unique()) {
      return Refused.because(
          "nothing-to-do",
          work.label(draft.name()),
          "the index is already as the file wants it",
          "Take the operation out of the file.");
    }
    if (work.partitioned() || old.replicaIdentity() || old.clustered()) {
      return Refused.because(
          "index-form",
          work.label(draft.name()),
          "an index of a partitioned table, a replica identity or one that CLUSTER goes along"
              + " cannot be replaced in its place",
          "Create another by create_index, and drop this one by drop_index.");
    }
    return new Staging()
        .claim(work.claim(draft.name()))
        .reads(work.name(), printed.columns())
        .reads(work.name(), work.table().names(old.columns()))
        .in(StageName.EXPAND, steps(work, old, CreateIndexPlanner.wanted(draft, printed)))
        .planned();
  }

  private static List<Step> steps(TableWork work, Index old, IndexBuild.Wanted wanted) {
    String id = "expand.index." + work.label(old.name());
    IndexBuild build = new IndexBuild(work);
    Identifier building = build.building(wanted);
    Identifier parked = work.names().building("old index", old.name());
    return List.of(
        build.create(id, building, wanted),
        trade(
            id + ".name",
            work,
            List.of(old.name(), parked, building, old.name()),
            Undo.by(
                trade(
                    id + ".name.undo",
                    work,
                    List.of(old.name(), building, parked, old.name()),
                    new Undo.Nothing()))),
        build.drop(
            id + ".drop", parked, Undo.by(build.create(id + ".drop.undo", parked, asItIs(old)))));
  }

  private static Step trade(String id, TableWork work, List<Identifier> names, Undo undo) {
    Dialect dialect = work.dialect();
    return work.brief(
        id,
        "trade names of indexes",
        LockMode.SHARE_UPDATE_EXCLUSIVE,
        List.of(work.name()),
        List.of(
            dialect.renameIndex(work.name(), names.get(0), names.get(1)),
            dialect.renameIndex(work.name(), names.get(2), names.get(3))),
        List.of(),
        undo);
  }

  static IndexBuild.Wanted asItIs(Index index) {
    return new IndexBuild.Wanted(
        index.name(),
        index.unique(),
        index.definition(),
        Optional.empty(),
        Optional.of(index),
        Optional.empty(),
        Optional.empty());
  }
}
