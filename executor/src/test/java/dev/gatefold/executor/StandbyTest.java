package dev.gatefold.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.Rollouts.Diagnosis;
import dev.gatefold.executor.Rollouts.Diagnosis.Level;
import dev.gatefold.executor.database.Database;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.engine.LockPolicy;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.standby.Primary;
import dev.gatefold.executor.standby.Standby;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.executor.standby.UnseenException;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.testing.StandbyServer;
import dev.gatefold.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever reads on a real standby is not cancelled by the replay of a lock. */
class StandbyTest {

  private static final ChangeName CHANGE = new ChangeName("x");

  private static StandbyServer standby;

  private TestDatabase database;
  private Journey journey;

  @BeforeAll
  static void startStandby() throws SQLException, IOException {
    try (TestDatabase any = TestDatabase.onThisMachine()) {
      standby = StandbyServer.of(any);
    }
  }

  @AfterAll
  static void stopStandby() throws IOException {
    standby.close();
  }

  @BeforeEach
  void start() throws SQLException {
    database = TestDatabase.onThisMachine();
    database.execute(
        """
        CREATE TABLE orders (id int PRIMARY KEY, total int);
        CREATE TABLE other (id int PRIMARY KEY);
        INSERT INTO orders SELECT i, i FROM generate_series(1, 100) i;
        """);
    journey = Journey.on(database, Standbys.NONE);
    journey.submitted(
        """
        change: x
        operations:
          - alter_column: {table: orders, column: total, type: bigint}
        """);
    standby.catchUp(database);
  }

  @AfterEach
  void stop() throws SQLException {
    journey.close();
  }

  private Standbys named(String... urls) {
    return Standbys.of(List.of(urls).stream().map(DatabaseUrl::parse).toList());
  }

  private Site site(Standbys standbys) {
    return Site.of(new Database(DatabaseUrl.parse(database.url())), TargetSettings.of(standbys));
  }

  /** One that waits for nobody. */
  private Site hurried(Standbys standbys) {
    Site site = site(standbys);
    return new Site(
        site.database(),
        site.settings(),
        site.stores(),
        site.actor(),
        site.gate(),
        site.timing(),
        new LockPolicy(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ZERO));
  }

  private static Outcome promote(Site site, Optional<String> reason, StageListener listener)
      throws SQLException {
    return new Watch(site, listener)
        .over(
            CHANGE,
            new StagePromotion(
                site, new PromotionOrder(StageName.EXPAND, Optional.empty(), reason)));
  }

  private List<Finding> gate(Standbys standbys) throws SQLException {
    Site site = site(standbys);
    try (Connection connection = site.database().getConnection()) {
      return site
          .gate()
          .measure(connection, journey.rollout("x"), StageName.EXPAND)
          .findings()
          .stream()
          .filter(finding -> finding.check().startsWith("standby"))
          .toList();
    }
  }

  @Test
  void thePromotionWaitsUntilWhoReadTheTableOnAStandbyIsDone() throws Exception {
    try (StandbyReader reader = StandbyReader.of(standby, database, "orders")) {
      WaitingListener listener =
          new WaitingListener(
              step -> {},
              () -> {
                assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.PLANNED);
                assertThat(reader.read()).isEqualTo(100);
                reader.close();
              });
      assertThat(promote(site(named(standby.url(database))), Optional.empty(), listener))
          .isInstanceOf(Outcome.Done.class);
      assertThat(listener.reasons())
          .first(InstanceOfAssertFactories.STRING)
          .contains(
              "standby " + standby.place(database),
              "session %d of postgres (report, idle in transaction for".formatted(reader.pid()));
    }
  }

  @Test
  void aStepWaitsForWhoBeganToReadAfterTheGate() throws Exception {
    try (LateReader late = new LateReader()) {
      WaitingListener listener =
          new WaitingListener(
              step -> late.begin(),
              () -> {
                assertThat(late.reader().read()).isEqualTo(100);
                late.close();
              });
      assertThat(promote(site(named(standby.url(database))), Optional.empty(), listener))
          .isInstanceOf(Outcome.Done.class);
      assertThat(listener.reasons())
          .first(InstanceOfAssertFactories.STRING)
          .startsWith(
              "replaying the lock would cancel queries: on standby %s session %d of postgres (report"
                  .formatted(standby.place(database), late.reader().pid()));
    }
  }

  @Test
  void patienceEndsAtTheGateWithNothingChangedAndInAStepWithWhatWasDoneKept() throws Exception {
    Site site = hurried(named(standby.url(database)));
    try (StandbyReader reader = StandbyReader.of(standby, database, "orders")) {
      assertThat(promote(site, Optional.of("in a hurry"), StageListener.SILENT))
          .isInstanceOfSatisfying(
              Outcome.Blocked.class,
              blocked -> assertThat(blocked.evidence().verdict()).isEqualTo(Verdict.WAITING));
      assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.PLANNED);
      assertThat(reader.read()).isEqualTo(100);
    }
    try (LateReader late = new LateReader()) {
      assertThat(
              promote(site, Optional.empty(), new WaitingListener(step -> late.begin(), () -> {})))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              stopped ->
                  assertThat(stopped.message())
                      .startsWith("no lock within 0 s: on standby " + standby.place(database)));
      assertThat(late.reader().read()).isEqualTo(100);
    }
  }

  @Test
  void theGateSaysWhatWasSeen() throws Exception {
    Standbys named = named(standby.url(database));
    try (StandbyReader elsewhere = StandbyReader.of(standby, database, "other")) {
      assertThat(gate(named))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.check()).isEqualTo("standby " + standby.place(database));
                assertThat(finding.verdict()).isEqualTo(Verdict.CLEAR);
                assertThat(finding.detail())
                    .isEqualTo("asked: no transaction on these tables is older than 1 s");
              });
      assertThat(elsewhere.read()).isZero();
    }
    try (StandbyReader reader = StandbyReader.of(standby, database, "orders")) {
      assertThat(gate(named))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.verdict()).isEqualTo(Verdict.WAITING);
                assertThat(finding.detail()).contains("session " + reader.pid());
              });
    }
  }

  @Test
  void theGateSaysThatAStandbyWhichNobodyNamedWasNotLookedAt() throws Exception {
    assertThat(gate(Standbys.NONE))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.CLEAR);
              assertThat(finding.detail())
                  .startsWith("1 standby replicates from this server and is not named");
            });
  }

  @Test
  void whatIsNoStandbyOfThisDatabaseLeavesTheGateInconclusive() throws Exception {
    inconclusive(database.url(), "it is no standby");
    inconclusive(
        standby.url(database).replace("/" + database.name(), "/postgres"),
        "its URL names the database postgres, not " + database.name());
    assertThatThrownBy(
            () ->
                new Standby(DatabaseUrl.parse(standby.url(database)))
                    .ask(new Primary(database.name(), Optional.of("1")), Connection::isClosed))
        .isInstanceOf(UnseenException.class)
        .hasMessage("it is a standby of another server");
  }

  @Test
  void whoMayNotSeeOthersCannotSayHowOldTheirTransactionsAre() throws Exception {
    database.execute(
        "DO $$ BEGIN IF to_regrole('blind') IS NULL THEN CREATE ROLE blind LOGIN; END IF; END $$");
    standby.catchUp(database);
    try (StandbyReader reader = StandbyReader.of(standby, database, "orders")) {
      inconclusive(
          standby.url(database).replace("user=postgres", "user=blind"),
          "session %d of postgres (report, what it does is hidden: grant pg_read_all_stats)"
              .formatted(reader.pid()));
    }
  }

  @Test
  void aServerThatAcceptsAndDoesNotAnswerIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      inconclusive(
          "postgresql://app:secret@127.0.0.1:%d/x".formatted(silent.getLocalPort()), "could not");
    }
  }

  private void inconclusive(String url, String told) throws SQLException {
    assertThat(gate(named(url)).get(0))
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
              assertThat(finding.detail()).contains(told).doesNotContain("secret");
              assertThat(finding.cure()).contains("--reason");
            });
  }

  @Test
  void aStandbyThatIsDownNeedsAReasonAndIsNotWaitedFor() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Site site = site(named("postgresql://app:secret@127.0.0.1:" + port + "/x"));
    WaitingListener listener = new WaitingListener(step -> {}, () -> {});
    assertThat(promote(site, Optional.empty(), listener))
        .isInstanceOfSatisfying(
            Outcome.Blocked.class,
            blocked -> assertThat(blocked.evidence().verdict()).isEqualTo(Verdict.INCONCLUSIVE));
    assertThat(promote(site, Optional.of("it is being rebuilt"), listener))
        .isInstanceOf(Outcome.Done.class);
    assertThat(listener.reasons())
        .hasSize(listener.steps())
        .allSatisfy(
            reason ->
                assertThat(reason)
                    .startsWith("standby 127.0.0.1:%d/x could not be asked: ".formatted(port))
                    .endsWith("it is not waited for")
                    .doesNotContain("secret"));
    assertThat(journey.rows("SELECT text FROM gatefold.history WHERE kind = 'standby-unseen'"))
        .hasSize(listener.steps());
    assertThat(journey.rows("SELECT text FROM gatefold.history WHERE kind = 'promoted'"))
        .containsExactly("expand: it is being rebuilt");
  }

  @Test
  void doctorTellsHowStandbysAre() throws Exception {
    String gone = "postgresql://app:secret@127.0.0.1:1/x";
    try (LiveRollouts rollouts =
            LiveRollouts.open(
                DatabaseUrl.parse(database.url()),
                TargetSettings.of(named(standby.url(database), gone)));
        StandbyReader reader = StandbyReader.of(standby, database, "orders")) {
      List<Diagnosis> found =
          rollouts.doctor().stream().filter(it -> it.subject().startsWith("standby ")).toList();
      assertThat(found).extracting(Diagnosis::level).containsExactly(Level.OK, Level.PROBLEM);
      assertThat(found.get(0).message())
          .contains(
              "in recovery",
              "behind",
              "hot_standby_feedback off",
              "max_standby_streaming_delay 30s",
              "oldest transaction open for 00:00:0");
      assertThat(found.get(1).message()).contains("could not be asked").doesNotContain("secret");
      assertThat(reader.read()).isEqualTo(100);
    }
  }

  /** Begins when it is told to, once. */
  private final class LateReader implements AutoCloseable {

    private Optional<StandbyReader> reader = Optional.empty();

    void begin() throws SQLException {
      if (reader.isEmpty()) {
        reader = Optional.of(StandbyReader.of(standby, database, "orders"));
      }
    }

    StandbyReader reader() {
      return reader.orElseThrow();
    }

    @Override
    public void close() throws SQLException {
      if (reader.isPresent()) {
        reader.get().close();
      }
    }
  }
}
