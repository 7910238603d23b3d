package dev.gatefold.executor.report;

import dev.gatefold.executor.Rollouts;
import dev.gatefold.executor.filling.Filling;
import dev.gatefold.executor.store.BadRowStore.Kept;
import dev.gatefold.executor.store.FeedLook;
import dev.gatefold.executor.store.NotificationStore.Untold;
import dev.gatefold.executor.store.Request;
import dev.gatefold.executor.store.VerificationStore.UnderWay;
import dev.gatefold.planner.change.ChangeName;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is known of rollouts beside where they stand. Immutable and thread-safe.
 *
 * @param asked the newest promotions that were asked for
 * @param fillings how backfills are doing
 * @param badRows of the only rollout that is asked about; none where several are
 * @param verifications that are under way, or were when they were stopped
 * @param feeds how change feeds stand
 * @param untold notifications that did not arrive
 */
public record StatusContext(
    Map<ChangeName, Request> asked,
    Map<ChangeName, Filling> fillings,
    List<Kept> badRows,
    Map<ChangeName, List<UnderWay>> verifications,
    Map<ChangeName, List<FeedLook>> feeds,
    List<Untold> untold) {

  /** Nothing is known. */
  public static final StatusContext NONE =
      new StatusContext(Map.of(), Map.of(), List.of(), Map.of(), Map.of(), List.of());

  public StatusContext {
    asked = Map.copyOf(asked);
    fillings = Map.copyOf(fillings);
    badRows = List.copyOf(badRows);
    verifications = Map.copyOf(verifications);
    feeds = Map.copyOf(feeds);
    untold = List.copyOf(untold);
  }

  /** About all rollouts; which rows are bad is too much then. */
  public static StatusContext of(Rollouts rollouts) throws SQLException {
    return new StatusContext(
        asked(rollouts),
        rollouts.fillings(),
        List.of(),
        rollouts.verifications(),
        rollouts.feeds(),
        rollouts.untold());
  }

  public static StatusContext of(Rollouts rollouts, ChangeName only) throws SQLException {
    return new StatusContext(
        asked(rollouts),
        rollouts.fillings(),
        rollouts.badRows(only),
        rollouts.verifications(),
        rollouts.feeds(),
        rollouts.untold().stream().filter(it -> it.change().equals(only)).toList());
  }

  public Filling filling(ChangeName change) {
    return fillings.getOrDefault(change, Filling.NONE);
  }

  public List<UnderWay> verifications(ChangeName change) {
    return verifications.getOrDefault(change, List.of());
  }

  public List<FeedLook> feeds(ChangeName change) {
    return feeds.getOrDefault(change, List.of());
  }

  private static Map<ChangeName, Request> asked(Rollouts rollouts) throws SQLException {
    return rollouts.requests().stream().collect(Collectors.toMap(Request::change, it -> it));
  }
}
