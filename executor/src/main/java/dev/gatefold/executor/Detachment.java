package dev.gatefold.executor;

import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.Deed;
import dev.gatefold.executor.store.Request;
import dev.gatefold.executor.store.Stores;
import dev.gatefold.planner.change.ChangeName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Asks for a promotion that a worker shall run. */
final class Detachment {

  private final Site site;
  private final Connection connection;
  private final PromotionOrder order;

  Detachment(Site site, Connection connection, PromotionOrder order) {
    this.site = site;
    this.connection = connection;
    this.order = order;
  }

  /** What is out of order now is refused now; the gate is for the worker to measure. */
  Outcome ask(ChangeName change) throws SQLException {
    Stores stores = site.stores();
    Optional<Rollout> rollout = stores.rollouts().find(connection, change);
    if (rollout.isEmpty()) {
      return Answers.noSuchChange(change);
    }
    StagePromotion promotion = new StagePromotion(site, order);
    Optional<Outcome> early = promotion.early(rollout.get());
    if (early.isPresent()) {
      return early.get();
    }
    long id = rollout.get().id();
    boolean added =
        Transaction.in(
            connection,
            () -> {
              boolean asked =
                  stores
                      .requests()
                      .add(connection, id, order.stage(), order.evidence(), order.reason());
              if (asked) {
                // The worker may know of no target, and so of no floor.
                stores.gates().tighten(connection, id, site.settings().floor());
                stores.history().add(connection, id, deed());
              }
              return asked;
            });
    String next =
        "Next: gatefold wait %s --for %s".formatted(change, promotion.goal(rollout.get()).word());
    return added ? asked("is asked for", change, next) : askedBefore(change, next);
  }

  private Deed deed() {
    return new Deed(
        "requested",
        order.stage(),
        order.stage().word() + order.reason().map(it -> ": " + it).orElse(""),
        order.evidence(),
        Optional.empty(),
        order.reason(),
        "done");
  }

  private Outcome askedBefore(ChangeName change, String next) throws SQLException {
    Optional<Request> open =
        site.stores().requests().newest(connection, change).filter(it -> it.end().isEmpty());
    if (open.isEmpty()) {
      return new Outcome.Waits(
          "another promotion of %s was asked for and has ended just now".formatted(change),
          "Look at gatefold status, then decide again.");
    }
    Request request = open.get();
    boolean same =
        request.stage() == order.stage()
            && request.evidence().equals(order.evidence())
            && request.reason().equals(order.reason());
    return same
        ? asked("was asked for before, by " + request.actor(), change, next)
        : new Outcome.Waits(
            "the promotion of %s of %s was asked for by %s, otherwise than now, and has not ended"
                .formatted(request.stage().word(), change, request.actor()),
            "Wait until it has ended, or take it back: gatefold pause " + change);
  }

  private Outcome asked(String how, ChangeName change, String next) throws SQLException {
    String worker =
        site.stores().requests().isAttended(connection)
            ? ""
            : "; no worker is here now, start one: gatefold work";
    return new Outcome.Done(
        "the promotion of %s of %s %s%s".formatted(order.stage().word(), change, how, worker),
        next);
  }
}
