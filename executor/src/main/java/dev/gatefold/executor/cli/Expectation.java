package dev.gatefold.executor.cli;

import dev.gatefold.executor.cli.text.RequestText;
import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.Rollout.Failure;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.store.Request;
import dev.gatefold.executor.store.Request.End;
import java.util.List;
import java.util.Optional;

/** What a {@code wait} makes of each look at the rollout. Not thread-safe. */
final class Expectation {

  private final RolloutState wanted;
  private Optional<RolloutState> before = Optional.empty();

  Expectation(RolloutState wanted) {
    this.wanted = wanted;
  }

  /** The end of the waiting, or nothing while it makes sense to look again. */
  Optional<Outcome> see(Rollout rollout, Optional<Request> request) {
    RolloutState state = rollout.state();
    Optional<RolloutState> last = before;
    before = Optional.of(state);
    if (state == wanted) {
      return Optional.of(done(rollout, "is " + state.word()));
    }
    if (last.isPresent() && passed(last.get(), state)) {
      return Optional.of(done(rollout, "was " + wanted.word() + " and is now " + state.word()));
    }
    Optional<Request> asked = request.filter(it -> it.concerns(rollout.updatedAt()));
    Optional<End> end = asked.flatMap(Request::end);
    if (end.isPresent()) {
      return Optional.of(ended(asked.get(), end.get()));
    }
    // A failure of before says nothing while a promotion is asked for.
    if (asked.isEmpty() && rollout.failure().isPresent()) {
      return Optional.of(failed(rollout, rollout.failure().get()));
    }
    return out(rollout)
        ? Optional.of(
            new Outcome.OutOfOrder(
                "%s is %s and will not become %s by itself any more"
                    .formatted(rollout.change(), state.word(), wanted.word()),
                "See: gatefold status " + rollout.change()))
        : Optional.empty();
  }

  Outcome timeout(Rollout rollout, Optional<Request> request) {
    return new Outcome.Waits(
        "time is up: %s is %s%s, not yet %s%s"
            .formatted(
                rollout.change(),
                rollout.state().word(),
                rollout.paused() ? " and paused" : "",
                wanted.word(),
                request.filter(it -> it.end().isEmpty()).map(RequestText::open).orElse("")),
        "See: gatefold status " + rollout.change());
  }

  private static Outcome done(Rollout rollout, String how) {
    return new Outcome.Done(rollout.change() + " " + how + ".", "");
  }

  /** As a promotion in the foreground would have ended. */
  private static Outcome ended(Request request, End end) {
    return switch (end.outcome()) {
      case "waits" -> new Outcome.Waits(end.message(), end.cure());
      case "differs" -> new Outcome.Differs(end.message(), 0, List.of(), end.cure());
      case "blocked" -> new Outcome.Blocked(seen(request, end));
      case "denied" -> new Outcome.Denied(end.message(), List.of(), end.cure());
      case "stopped" -> new Outcome.Stopped("", end.message(), List.of(), end.cure());
      default -> new Outcome.OutOfOrder(end.message(), end.cure());
    };
  }

  private static Evidence seen(Request request, End end) {
    return new Evidence(
        request.change(),
        request.stage(),
        end.seen().orElse(""),
        List.of(
            new Finding(
                "promotion asked for by " + request.actor(),
                Verdict.BLOCKED,
                end.message(),
                end.cure(),
                request.endedAt().orElse(request.at()))));
  }

  private static Outcome failed(Rollout rollout, Failure failure) {
    return new Outcome.Stopped(
        failure.step(),
        failure.reason(),
        List.of(),
        "Remove the cause, then: gatefold retry " + rollout.change());
  }

  /** Whether the wanted state came and went between two looks, on the way forward. */
  private boolean passed(RolloutState last, RolloutState now) {
    return forward(last) && forward(now) && last.compareTo(wanted) < 0 && now.compareTo(wanted) > 0;
  }

  private boolean out(Rollout rollout) {
    RolloutState state = rollout.state();
    if (state == RolloutState.ROLLING_BACK) {
      return !rollout.undoTo().map(this::comesWith).orElse(true);
    }
    if (state.over()) {
      return true;
    }
    boolean noSuchStage =
        wanted.stage().filter(it -> rollout.plan().stage(it).isEmpty()).isPresent();
    boolean neverThere = wanted != RolloutState.COMPLETED && noSuchStage;
    return neverThere || (forward(wanted) && wanted.compareTo(state) < 0);
  }

  /** Whether a rollback to a state ends in, or goes through, the wanted one. */
  private boolean comesWith(RolloutState undoTo) {
    return wanted == RolloutState.ROLLED_BACK
        ? undoTo == RolloutState.PLANNED || undoTo == RolloutState.ROLLED_BACK
        : wanted == undoTo;
  }

  private static boolean forward(RolloutState state) {
    return state.compareTo(RolloutState.COMPLETED) <= 0;
  }
}
