package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.SetReplicaIdentity;
import dev.gatefold.planner.draft.Standing;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Undo;
import java.util.List;

/** {@code set_replica_identity}: metadata only, at once, and back to what it was. */
final class ReplicaIdentityPlanner {

  private final Site site;

  ReplicaIdentityPlanner(Site site) {
    this.site = site;
  }

  Planned plan(SetReplicaIdentity operation) {
    return site.onTable(
        operation.table(),
        work ->
            site.answer(operation.standing())
                .match(
                    standing -> plan(work, operation, standing),
                    rejected -> Refused.byServer(operation.table().toString(), rejected)));
  }

  private Planned plan(TableWork work, SetReplicaIdentity operation, Standing standing) {
    if (work.partitioned()) {
      return Refused.because(
          "partitioned-identity",
          work.name().toString(),
          "rows are told by the identity of their partition, which does not follow that of the table",
          "Use a raw sql operation that names each partition.");
    }
    boolean unfit =
        operation
            .index()
            .filter(
                index -> work.table().keys().stream().noneMatch(key -> key.index().equals(index)))
            .isPresent();
    if (unfit) {
      return Refused.because(
          "no-identity-index",
          work.label(operation.index().orElseThrow()),
          "there is no such index that could tell rows apart: it has to be unique, of the whole"
              + " table, not deferrable and over columns that are NOT NULL",
          "Name another index, or make this one so in a change before.");
    }
    String to =
        operation.index().map(index -> "USING INDEX " + index.quoted()).orElse(operation.to());
    String id = "expand.replica-identity." + work.name();
    Staging staging =
        new Staging()
            .claim(work.claim(work.name().name()))
            .in(
                StageName.EXPAND,
                work.brief(
                    id,
                    "set replica identity",
                    List.of(work.dialect().policies().identifyRows(work.name(), to)),
                    Undo.by(
                        work.brief(
                            id + ".undo",
                            "set replica identity back",
                            List.of(
                                work.dialect()
                                    .policies()
                                    .identifyRows(work.name(), standing.replicaIdentity())),
                            new Undo.Nothing()))));
    operation.index().ifPresent(index -> staging.claim(work.claim(index)));
    return staging.planned();
  }
}
