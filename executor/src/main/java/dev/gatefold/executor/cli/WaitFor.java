package dev.gatefold.executor.cli;

import dev.gatefold.executor.Rollouts;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.store.Request;
import dev.gatefold.planner.change.ChangeName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Waits until a change is in a state, for scripts. */
@Command(
    name = "wait",
    description = "Waits until a change is in a state, or fails, or time is up.")
final class WaitFor extends Verb {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  @Parameters(paramLabel = "CHANGE", description = "The change.")
  private ChangeName change;

  @Option(
      names = "--for",
      paramLabel = "STATE",
      required = true,
      description = "The state, such as backfilled or completed.")
  private RolloutState state;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10m",
      description = "How long, such as 90s or 2h. Without it: ${DEFAULT-VALUE}.")
  private Duration timeout;

  WaitFor(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    return call.finish(
        change,
        call.ask(
            rollouts -> {
              Expectation expectation = new Expectation(state);
              long start = call.time().ticker().nanos();
              while (true) {
                Rollout rollout = Known.orFail(call.database(), change, rollouts.find(change));
                Optional<Request> request = request(rollouts);
                Optional<Outcome> outcome = expectation.see(rollout, request);
                if (outcome.isPresent()) {
                  return outcome.get();
                }
                long left = timeout.toNanos() - (call.time().ticker().nanos() - start);
                if (left <= 0) {
                  return expectation.timeout(rollout, request);
                }
                rollouts.sample();
                Duration pause = Duration.ofNanos(Math.min(left, BETWEEN_LOOKS.toNanos()));
                call.time().sleeper().sleep(pause);
              }
            }));
  }

  private Optional<Request> request(Rollouts rollouts) throws SQLException {
    return rollouts.requests().stream().filter(it -> it.change().equals(change)).findFirst();
  }
}
