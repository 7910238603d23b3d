package dev.gatefold.executor;

import dev.gatefold.executor.database.Database;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.database.SqlState;
import dev.gatefold.executor.ddl.SchemaMigrations;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.feed.FeedDuty;
import dev.gatefold.executor.filling.Filling;
import dev.gatefold.executor.filling.Fillings;
import dev.gatefold.executor.migration.Ways;
import dev.gatefold.executor.notify.Courier;
import dev.gatefold.executor.notify.Endpoint;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.standalone.Backfills;
import dev.gatefold.executor.standalone.LiveBackfills;
import dev.gatefold.executor.store.AuditEntry;
import dev.gatefold.executor.store.BadRowStore.Kept;
import dev.gatefold.executor.store.FeedLook;
import dev.gatefold.executor.store.HistoryEntry;
import dev.gatefold.executor.store.NotificationStore.Untold;
import dev.gatefold.executor.store.Request;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.executor.store.VerificationStore.UnderWay;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.Planning;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.snapshot.SchemaSnapshot;
import dev.gatefold.planner.snapshot.SnapshotReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rollouts in a database that this process is connected to. Not thread-safe. */
public final class LiveRollouts implements Rollouts {

  private final Site site;
  private final Connection connection;
  private final Courier courier;
  private final FeedDuty feeds;
  private boolean attending;
  private boolean maySample = true;

  private LiveRollouts(Site site, Connection connection) {
    this.site = site;
    this.connection = connection;
    this.feeds = new FeedDuty(site.feeds());
    this.courier = new Courier(connection, InstantSource.system(), site.timing().ticker());
  }

  /** Connects to a database of which nothing else is known. */
  public static LiveRollouts open(DatabaseUrl url) throws SQLException {
    return open(url, TargetSettings.NONE);
  }

  /** Connects to a database; its standbys are asked only when a lock is about to be taken. */
  public static LiveRollouts open(DatabaseUrl url, TargetSettings settings) throws SQLException {
    Site site = Site.of(new Database(url), settings);
    return new LiveRollouts(site, site.database().getConnection());
  }

  @Override
  public String init() throws SQLException {
    int migrations = new SchemaMigrations(site.database()).migrate();
    return migrations == 0
        ? "schema gatefold is there and up to date"
        : "schema gatefold is ready (%d migrations)".formatted(migrations);
  }

  @Override
  public Planning plan(Change change) throws SQLException {
    return new Submission(connection, site.stores(), site.settings().floor()).plan(change);
  }

  @Override
  public Ways ways(Change change) throws SQLException {
    return new Submission(connection, site.stores(), site.settings().floor()).ways(change);
  }

  @Override
  public SchemaSnapshot snapshot() throws SQLException {
    return SnapshotReader.read(connection);
  }

  @Override
  public Outcome submit(Change change, String file) throws SQLException {
    Optional<Outcome> unreachable = KafkaCheck.objection(site.settings().brokers(), change);
    return unreachable.isPresent()
        ? unreachable.get()
        : new Submission(connection, site.stores(), site.settings().floor()).submit(change, file);
  }

  @Override
  public Outcome evidence(ChangeName change, Optional<StageName> stage) throws SQLException {
    return new Watch(site, StageListener.SILENT).over(change, new Measurement(site, stage)::run);
  }

  @Override
  public Outcome approve(ChangeName change, ApprovalOrder order) throws SQLException {
    Optional<Rollout> rollout = find(change);
    return rollout.isEmpty()
        ? Answers.noSuchChange(change)
        : new StageApproval(site, connection, order).give(rollout.get());
  }

  @Override
  public Outcome promote(ChangeName change, PromotionOrder order, StageListener listener)
      throws SQLException {
    return new Tenacity(site, change, order, listener).promote();
  }

  @Override
  public Outcome detach(ChangeName change, PromotionOrder order) throws SQLException {
    return new Detachment(site, connection, order).ask(change);
  }

  @Override
  public Optional<Worked> work(StageListener listener) throws SQLException {
    if (!attending) {
      site.stores().requests().attend(connection);
      attending = true;
    }
    for (Request request : site.stores().requests().open(connection)) {
      boolean free = !site.stores().leases().isHeld(connection, request.rollout());
      if (free && site.stores().requests().take(connection, request)) {
        return Optional.of(
            new Worked(request, new Errand(site, connection, request).run(listener)));
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean help(StageListener listener) throws SQLException, InterruptedException {
    return new Help(site, connection).give(listener);
  }

  @Override
  public void readFeeds(boolean applyLanes) throws SQLException {
    if (has("gatefold.feed_lane")) {
      feeds.begin(applyLanes);
    }
  }

  @Override
  public void sample() throws SQLException {
    if (!maySample || !initialised()) {
      return;
    }
    try {
      Optional<ChangeName> due = site.stores().samples().due(connection);
      Optional<Rollout> rollout = due.isEmpty() ? Optional.empty() : find(due.get());
      if (rollout.isPresent() && !site.stores().leases().isHeld(connection, rollout.get().id())) {
        new Watch(site, StageListener.SILENT).over(rollout.get().change(), RowSamples::alone);
      }
    } catch (SQLException e) {
      if (SqlState.of(e) == SqlState.LOST) {
        throw e;
      }
      // Who only looks on may lack the right to write, or to read the table; nobody is served by
      // trying again and again.
      maySample = false;
    }
  }

  @Override
  public List<Request> requests() throws SQLException {
    return initialised() ? site.stores().requests().newest(connection) : List.of();
  }

  @Override
  public Outcome retry(ChangeName change, StageListener listener) throws SQLException {
    Optional<Rollout> rollout = find(change);
    if (rollout.isEmpty()) {
      return Answers.noSuchChange(change);
    }
    if (rollout.get().failure().isEmpty()) {
      return new Outcome.OutOfOrder(
          "%s is %s and did not fail".formatted(change, rollout.get().state().word()),
          Answers.next(rollout.get()));
    }
    if (rollout.get().state() == RolloutState.ROLLING_BACK) {
      return rollback(change, Optional.empty(), listener);
    }
    return promote(change, PromotionOrder.of(rollout.get().stage().orElseThrow()), listener);
  }

  @Override
  public Outcome rollback(ChangeName change, Optional<RolloutState> to, StageListener listener)
      throws SQLException {
    return Watch.readingFeeds(site, listener).over(change, new StageRollback(site, to)::run);
  }

  @Override
  public Outcome pause(ChangeName change) throws SQLException {
    return setPaused(change, true);
  }

  @Override
  public Outcome resume(ChangeName change) throws SQLException {
    return setPaused(change, false);
  }

  private Outcome setPaused(ChangeName change, boolean paused) throws SQLException {
    Optional<Rollout> found = find(change);
    if (found.isEmpty()) {
      return Answers.noSuchChange(change);
    }
    Rollout rollout = found.get();
    if (rollout.state().over()) {
      return new Outcome.OutOfOrder(
          "%s is %s: there is nothing to pause or resume".formatted(change, rollout.state().word()),
          "See gatefold status.");
    }
    String word = paused ? "paused" : "resumed";
    if (rollout.paused() != paused) {
      site.stores().rollouts().pause(connection, rollout.id(), paused);
      site.stores().history().add(connection, rollout.id(), word, rollout.state().word());
    }
    return new Outcome.Done(
        paused ? change + " is paused" : change + " is not paused",
        paused ? "Lift it: gatefold resume " + change : Answers.next(rollout));
  }

  @Override
  public Outcome pace(ChangeName change, PaceOrder order) throws SQLException {
    Optional<Rollout> found = find(change);
    return found.isEmpty()
        ? backfills().pace(change, order.values(), order.likeFile())
        : new Pacing(connection, site.stores()).give(found.get(), order);
  }

  @Override
  public Map<ChangeName, Filling> fillings() throws SQLException {
    Map<ChangeName, Filling> all = new LinkedHashMap<>();
    for (Rollout rollout : steerable() ? list() : List.<Rollout>of()) {
      if (!rollout.state().over()) {
        Subject subject = Subject.rollout(rollout.id());
        all.put(
            rollout.change(),
            new Fillings(connection)
                .of(subject, subject, () -> Optional.of(rollout.plan().backfill())));
      }
    }
    return all;
  }

  @Override
  public Map<ChangeName, List<FeedLook>> feeds() throws SQLException {
    return FeedLook.all(connection);
  }

  @Override
  public List<Kept> badRows(ChangeName change) throws SQLException {
    Optional<Rollout> found = steerable() ? find(change) : Optional.empty();
    return found.isEmpty()
        ? List.of()
        : site.stores().badRows().list(connection, Subject.rollout(found.get().id()));
  }

  @Override
  public Outcome verify(ChangeName change, VerificationOrder order, StageListener listener)
      throws SQLException {
    return Watch.readingFeeds(site, listener).over(change, new RowVerification(order)::run);
  }

  @Override
  public Map<ChangeName, List<UnderWay>> verifications() throws SQLException {
    return initialised() ? site.stores().verifications().underWay(connection) : Map.of();
  }

  @Override
  public List<Rollout> list() throws SQLException {
    return initialised() ? site.stores().rollouts().list(connection) : List.of();
  }

  @Override
  public Optional<Rollout> find(ChangeName change) throws SQLException {
    return initialised() ? site.stores().rollouts().find(connection, change) : Optional.empty();
  }

  @Override
  public List<HistoryEntry> history(Optional<ChangeName> change) throws SQLException {
    return initialised() ? site.stores().history().list(connection, change) : List.of();
  }

  @Override
  public void tell(List<Endpoint> endpoints, Duration atMost)
      throws SQLException, InterruptedException {
    if (!endpoints.isEmpty() && initialised()) {
      courier.round(endpoints, atMost);
    }
  }

  @Override
  public List<Untold> untold() throws SQLException {
    return initialised() ? site.stores().notifications().untold(connection) : List.of();
  }

  @Override
  public List<AuditEntry> audit(
      Optional<ChangeName> change, Optional<Instant> since, Optional<Instant> until)
      throws SQLException {
    return initialised()
        ? site.stores().history().audit(connection, change, since, until)
        : List.of();
  }

  private boolean initialised() throws SQLException {
    return has("gatefold.rollout");
  }

  /** Status speaks also of a database that an earlier version made and init did not migrate yet. */
  private boolean steerable() throws SQLException {
    return has("gatefold.bad_row");
  }

  private boolean has(String table) throws SQLException {
    return Query.of("SELECT to_regclass(?) IS NOT NULL", table).isTrue(connection);
  }

  @Override
  public List<Diagnosis> doctor() throws SQLException {
    return new Doctor(connection, site.settings(), site.stores().notifications()).look();
  }

  @Override
  public List<Diagnosis> clean() throws SQLException {
    return new FeedDoctor(connection, site.settings().brokers()).clean();
  }

  @Override
  public Backfills backfills() {
    return new LiveBackfills(site.database(), connection, site.standbys(), site.timing());
  }

  @Override
  public void close() {
    feeds.close();
    try {
      connection.close();
    } catch (SQLException e) {
      // The server ends the session when the socket goes; nothing of ours is open in it.
      System.getLogger(LiveRollouts.class.getName())
          .log(System.Logger.Level.DEBUG, "closing the connection failed", e);
    }
  }
}
