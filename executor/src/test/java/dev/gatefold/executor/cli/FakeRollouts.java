package dev.gatefold.executor.cli;

import dev.gatefold.executor.ApprovalOrder;
import dev.gatefold.executor.PaceOrder;
import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.Rollouts;
import dev.gatefold.executor.VerificationOrder;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.filling.Filling;
import dev.gatefold.executor.migration.Ways;
import dev.gatefold.executor.notify.Endpoint;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.standalone.Backfills;
import dev.gatefold.executor.store.AuditEntry;
import dev.gatefold.executor.store.BadRowStore.Kept;
import dev.gatefold.executor.store.FeedLook;
import dev.gatefold.executor.store.HistoryEntry;
import dev.gatefold.executor.store.NotificationStore.Untold;
import dev.gatefold.executor.store.Request;
import dev.gatefold.executor.store.VerificationStore.UnderWay;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.Planning;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.snapshot.SchemaSnapshot;
import dev.gatefold.planner.straight.Straight;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers what a test put in, and remembers what was asked. */
final class FakeRollouts implements Rollouts {

  final List<String> asked = new ArrayList<>();
  final Deque<Optional<Rollout>> looks = new ArrayDeque<>();
  List<Rollout> rollouts = List.of();
  List<HistoryEntry> history = List.of();
  List<AuditEntry> audit = List.of();
  Map<ChangeName, Filling> fillings = Map.of();
  Map<ChangeName, List<UnderWay>> verifications = Map.of();
  Map<ChangeName, List<FeedLook>> feeds = Map.of();
  List<Kept> badRows = List.of();
  List<Diagnosis> diagnoses = List.of();
  final List<Endpoint> told = new ArrayList<>();
  List<Untold> untold = List.of();
  final Deque<Worked> worked = new ArrayDeque<>();
  final Deque<List<Request>> requests = new ArrayDeque<>(List.of(List.of()));
  Planning planning = Plans.ofTotal();
  Straight straight = new Straight.Script(List.of("ALTER TABLE o ADD n int"), true);
  SchemaSnapshot snapshot = Plans.snapshot();
  Outcome outcome = new Outcome.Done("it is done", "Next: rest");
  Consumer<StageListener> stage = listener -> {};
  final FakeBackfills backfills = new FakeBackfills(asked);
  @Nullable SQLException failure;
  boolean closed;

  private Outcome answer(String question, StageListener listener) throws SQLException {
    ask(question);
    return outcome(listener);
  }

  private Outcome outcome(StageListener listener) throws SQLException {
    stage.accept(listener);
    fail();
    return outcome;
  }

  private void ask(String question) {
    asked.add(question);
  }

  private void fail() throws SQLException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public String init() throws SQLException {
    ask("init");
    fail();
    return "schema gatefold is ready";
  }

  @Override
  public Planning plan(Change change) throws SQLException {
    ask("plan " + change.name());
    fail();
    return planning;
  }

  @Override
  public Ways ways(Change change) throws SQLException {
    ask("ways " + change.name());
    fail();
    return new Ways(planning, Optional.of(straight));
  }

  @Override
  public SchemaSnapshot snapshot() throws SQLException {
    ask("snapshot");
    fail();
    return snapshot;
  }

  @Override
  public Outcome submit(Change change, String file) throws SQLException {
    return answer("submit " + change.name(), StageListener.SILENT);
  }

  @Override
  public Outcome evidence(ChangeName change, Optional<StageName> stage) throws SQLException {
    return answer(
        "evidence " + change + stage.map(it -> " " + it.word()).orElse(""), StageListener.SILENT);
  }

  @Override
  public Outcome approve(ChangeName change, ApprovalOrder order) throws SQLException {
    return answer("approve " + change + " " + order, StageListener.SILENT);
  }

  @Override
  public Outcome promote(ChangeName change, PromotionOrder order, StageListener listener)
      throws SQLException {
    return answer(
        "promote "
            + change
            + " "
            + order.stage().word()
            + order.evidence().map(it -> " on " + it).orElse("")
            + order.reason().map(it -> " because " + it).orElse(""),
        listener);
  }

  @Override
  public Outcome retry(ChangeName change, StageListener listener) throws SQLException {
    return answer("retry " + change, listener);
  }

  @Override
  public Outcome rollback(ChangeName change, Optional<RolloutState> to, StageListener listener)
      throws SQLException {
    return answer("rollback " + change + to.map(it -> " to " + it.word()).orElse(""), listener);
  }

  @Override
  public Outcome pause(ChangeName change) throws SQLException {
    return answer("pause " + change, StageListener.SILENT);
  }

  @Override
  public Outcome resume(ChangeName change) throws SQLException {
    return answer("resume " + change, StageListener.SILENT);
  }

  @Override
  public Outcome pace(ChangeName change, PaceOrder order) throws SQLException {
    return answer("pace " + change + " " + order, StageListener.SILENT);
  }

  @Override
  public Map<ChangeName, Filling> fillings() throws SQLException {
    fail();
    return fillings;
  }

  @Override
  public Map<ChangeName, List<FeedLook>> feeds() throws SQLException {
    fail();
    return feeds;
  }

  @Override
  public List<Kept> badRows(ChangeName change) throws SQLException {
    fail();
    return badRows;
  }

  @Override
  public Outcome verify(ChangeName change, VerificationOrder order, StageListener listener)
      throws SQLException {
    String repair = order.repair() ? " repair" : "";
    String from = order.from().map(side -> " from " + side).orElse("");
    return answer("verify " + change + repair + from, listener);
  }

  @Override
  public Map<ChangeName, List<UnderWay>> verifications() throws SQLException {
    fail();
    return verifications;
  }

  @Override
  public List<Rollout> list() throws SQLException {
    fail();
    return rollouts;
  }

  @Override
  public Optional<Rollout> find(ChangeName change) throws SQLException {
    fail();
    if (!looks.isEmpty()) {
      return looks.size() > 1 ? looks.removeFirst() : looks.getFirst();
    }
    return rollouts.stream().filter(it -> it.change().equals(change)).findFirst();
  }

  @Override
  public List<HistoryEntry> history(Optional<ChangeName> change) throws SQLException {
    fail();
    return history;
  }

  @Override
  public List<AuditEntry> audit(
      Optional<ChangeName> change, Optional<Instant> since, Optional<Instant> until)
      throws SQLException {
    ask("audit %s %s %s".formatted(change, since, until));
    fail();
    return audit;
  }

  @Override
  public List<Diagnosis> clean() throws SQLException {
    ask("clean");
    fail();
    return List.of(new Diagnosis("publication", Diagnosis.Level.OK, "gatefold_0 is dropped", ""));
  }

  @Override
  public List<Diagnosis> doctor() throws SQLException {
    fail();
    return diagnoses;
  }

  @Override
  public Outcome detach(ChangeName change, PromotionOrder order) throws SQLException {
    return answer("detach " + change + " " + order.stage().word(), StageListener.SILENT);
  }

  @Override
  public boolean help(StageListener listener) {
    return false;
  }

  @Override
  public Optional<Worked> work(StageListener listener) throws SQLException {
    ask("work");
    stage.accept(listener);
    fail();
    return Optional.ofNullable(worked.poll());
  }

  @Override
  public void readFeeds(boolean applyLanes) {}

  @Override
  public void sample() throws SQLException {
    fail();
  }

  @Override
  public List<Request> requests() throws SQLException {
    fail();
    return requests.size() > 1 ? requests.removeFirst() : requests.getFirst();
  }

  @Override
  public void tell(List<Endpoint> endpoints, Duration atMost) {
    told.addAll(endpoints);
  }

  @Override
  public List<Untold> untold() throws SQLException {
    fail();
    return untold;
  }

  @Override
  public Backfills backfills() {
    return backfills;
  }

  @Override
  public void close() {
    closed = true;
  }
}
