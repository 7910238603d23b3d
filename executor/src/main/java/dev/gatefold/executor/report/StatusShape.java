package dev.gatefold.executor.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.NotificationStore.Untold;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code status -o json} and what the server says about rollouts. */
public record StatusShape(
    List<Change> changes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Undelivered> undelivered) {

  public StatusShape {
    changes = List.copyOf(changes);
    undelivered = List.copyOf(undelivered);
  }

  public static StatusShape of(List<Rollout> rollouts) {
    return of(rollouts, List.of());
  }

  public static StatusShape of(List<Rollout> rollouts, List<Untold> untold) {
    return new StatusShape(
        rollouts.stream().map(Change::of).toList(), untold.stream().map(Undelivered::of).toList());
  }

  /**
   * Notifications of a change that an endpoint did not take.
   *
   * @param givenUp how many of them are not sent any more
   */
  public record Undelivered(
      String change,
      String endpoint,
      long count,
      @JsonProperty("given_up") long givenUp,
      String problem) {

    static Undelivered of(Untold untold) {
      return new Undelivered(
          untold.change().value(),
          untold.endpoint(),
          untold.count(),
          untold.givenUp(),
          untold.problem());
    }
  }

  /**
   * One change. What does not apply yet is null; what is not the case is left out.
   *
   * @param updatedAt ISO 8601, in UTC
   */
  public record Change(
      String change,
      String state,
      @Nullable String phase,
      @Nullable String stage,
      @JsonProperty("next_stage") @Nullable String nextStage,
      @JsonProperty("rows_total") long rowsTotal,
      @JsonProperty("rows_done") long rowsDone,
      long mismatches,
      @JsonProperty("updated_at") String updatedAt,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean paused,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Failed failed) {

    public static Change of(Rollout rollout) {
      return new Change(
          rollout.change().value(),
          rollout.state().word(),
          rollout.stage().map(Change::phase).orElse(null),
          rollout.stage().map(StageName::word).orElse(null),
          rollout.next().map(StageName::word).orElse(null),
          rollout.progress().total(),
          rollout.progress().done(),
          rollout.progress().mismatches(),
          rollout.updatedAt().toString(),
          rollout.paused() ? Boolean.TRUE : null,
          rollout.failure().map(it -> new Failed(it.step(), it.reason())).orElse(null));
    }

    private static String phase(StageName stage) {
      return stage.phase().name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where and why it stopped. */
  public record Failed(String step, String reason) {}
}
