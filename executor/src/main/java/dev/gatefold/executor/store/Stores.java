package dev.gatefold.executor.store;

import java.util.Optional;

/** Every store, to be handed on as one. Stateless and thread-safe. */
public record Stores(
    RolloutStore rollouts,
    StepStore steps,
    SyncStore syncs,
    FeedStore feeds,
    LaneStore lanes,
    RecorderStore recorders,
    UseStore uses,
    StatementStore statements,
    LeaseStore leases,
    BackfillStore backfills,
    VerificationStore verifications,
    SampleStore samples,
    HistoryStore history,
    NotificationStore notifications,
    RequestStore requests,
    ClaimStore claims,
    ImageStore images,
    GateStore gates,
    PaceStore paces,
    SpeedStore speeds,
    BadRowStore badRows) {

  /** For who is connected. */
  public static Stores create() {
    return of(Optional.empty());
  }

  /** For somebody who asked for work that who is connected does. */
  public static Stores onBehalfOf(String actor) {
    return of(Optional.of(actor));
  }

  private static Stores of(Optional<String> actor) {
    return new Stores(
        new RolloutStore(),
        new StepStore(),
        new SyncStore(),
        new FeedStore(),
        new LaneStore(),
        new RecorderStore(),
        new UseStore(),
        new StatementStore(),
        new LeaseStore(),
        new BackfillStore(),
        new VerificationStore(),
        new SampleStore(),
        new HistoryStore(actor),
        new NotificationStore(actor),
        new RequestStore(),
        new ClaimStore(),
        new ImageStore(),
        new GateStore(),
        new PaceStore(),
        new SpeedStore(),
        new BadRowStore());
  }
}
