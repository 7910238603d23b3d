package dev.gatefold.executor.store;

/** Every store, to be handed on as one. Stateless and thread-safe. */
public record Stores(
    RolloutStore rollouts,
    StepStore steps,
    SyncStore syncs,
    LeaseStore leases,
    VerificationStore verifications,
    HistoryStore history,
    NotificationStore notifications,
    ClaimStore claims,
    ImageStore images,
    GateStore gates) {

  public static Stores create() {
    return new Stores(
        new RolloutStore(),
        new StepStore(),
        new SyncStore(),
        new LeaseStore(),
        new VerificationStore(),
        new HistoryStore(),
        new NotificationStore(),
        new ClaimStore(),
        new ImageStore(),
        new GateStore());
  }
}
