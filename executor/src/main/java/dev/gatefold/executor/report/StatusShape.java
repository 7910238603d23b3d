package dev.gatefold.executor.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.NotificationStore.Untold;
import dev.gatefold.executor.store.Request;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    return of(rollouts, StatusContext.NONE);
  }

  public static StatusShape of(List<Rollout> rollouts, StatusContext known) {
    return new StatusShape(
        rollouts.stream().map(it -> Change.of(it, known)).toList(),
        known.untold().stream().map(Undelivered::of).toList());
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
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Failed failed,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Asked asked,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FillingShape backfill,
      @JsonProperty("bad_rows") @JsonInclude(JsonInclude.Include.NON_EMPTY)
          List<BadRowShape> badRows,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<VerificationShape> verification,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FeedShape> feeds) {

    public Change {
      verification = List.copyOf(verification);
      feeds = List.copyOf(feeds);
      badRows = List.copyOf(badRows);
    }

    public static Change of(Rollout rollout, StatusContext known) {
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
          rollout.failure().map(it -> new Failed(it.step(), it.reason())).orElse(null),
          Optional.ofNullable(known.asked().get(rollout.change()))
              .filter(it -> it.concerns(rollout.updatedAt()))
              .map(Asked::of)
              .orElse(null),
          FillingShape.of(known.filling(rollout.change())),
          known.badRows().stream().map(BadRowShape::of).toList(),
          known.verifications(rollout.change()).stream().map(VerificationShape::of).toList(),
          known.feeds(rollout.change()).stream().map(FeedShape::of).toList());
    }

    private static String phase(StageName stage) {
      return stage.phase().name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A promotion that was asked for and did not end well, or not yet.
   *
   * @param by who asked
   */
  public record Asked(
      String stage,
      String by,
      String at,
      @JsonProperty("taken_by") @Nullable String takenBy,
      @Nullable String outcome,
      @Nullable String message) {

    static Asked of(Request request) {
      return new Asked(
          request.stage().word(),
          request.actor(),
          request.at().toString(),
          request.takenBy().orElse(null),
          request.end().map(it -> it.outcome()).orElse(null),
          request.end().map(it -> it.message()).orElse(null));
    }
  }

  /** Where and why it stopped. */
  public record Failed(String step, String reason) {}
}
