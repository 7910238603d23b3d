package dev.gatefold.backfill.throttle.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.pace.SystemTicker;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.testing.ManualTime;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.backfill.throttle.signal.Signal;
import dev.gatefold.backfill.throttle.signal.Signals;
import dev.gatefold.planner.change.SignalName;
import dev.gatefold.planner.change.ThrottleSettings;
import dev.gatefold.planner.change.ThrottleSettings.Probe;
import dev.gatefold.testing.StandbyServer;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever happens to the watch, a backfill does not run on unseen. */
class SignalWatchTest {

  private static final String OTHERS =
      "SELECT %s FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";

  private final ManualTime time = new ManualTime();
  private TestDatabase database;

  @BeforeEach
  void start() throws SQLException {
    database = TestDatabase.forSuperuser();
    database.execute("CREATE TABLE go (answer text); INSERT INTO go VALUES ('true')");
  }

  @AfterEach
  void stop() throws SQLException {
    database.close();
  }

  /** Heeds a probe alone, so that nothing else on the server matters. */
  private static ThrottleSettings probing(String sql) {
    return new ThrottleSettings(
        Map.of(),
        Optional.of(new Probe(sql, Duration.ofMillis(500))),
        List.of(
            SignalName.REPLICA_LAG,
            SignalName.ARCHIVE_BACKLOG,
            SignalName.SLOT_LAG,
            SignalName.ACTIVE_SESSIONS,
            SignalName.XID_AGE));
  }

  private Readings readings(String sql) {
    return new Readings(
        "the database", database::connect, new Signals(probing(sql), time).ofServer(0), time);
  }

  @Test
  void aLostConnectionIsTheLeastPaceUntilItIsBack() throws SQLException {
    try (Readings readings = readings("SELECT answer::boolean FROM go")) {
      readings.measure();
      assertThat(readings.now()).isEqualTo(Pressure.NONE);
      database.execute(OTHERS.formatted("pg_terminate_backend(pid)"));
      readings.measure();
      assertThat(readings.now().share()).isEqualTo(Pressure.MINIMUM);
      readings.measure();
      readings.measure();
      assertThat(readings.now()).isEqualTo(Pressure.NONE);
    }
  }

  @Test
  void aServerThatIsGoneIsNamed() {
    Readings readings =
        new Readings(
            "the database",
            () -> {
              throw new SQLException("Connection to db:5432 refused", "08001");
            },
            new Signals(probing("SELECT true"), time).ofServer(0),
            time);
    readings.measure();
    assertThat(readings.now())
        .isEqualTo(Pressure.minimum("the database does not answer: Connection to db:5432 refused"));
  }

  @Test
  void whatWasSeenLongAgoCountsForNothing() {
    try (Readings readings = readings("SELECT true")) {
      assertThat(readings.now().share()).isEqualTo(Pressure.MINIMUM);
      readings.measure();
      time.pass(Readings.STALE);
      assertThat(readings.now()).isEqualTo(Pressure.NONE);
      time.pass(Duration.ofSeconds(1));
      assertThat(readings.now())
          .isEqualTo(Pressure.minimum("the database was last looked at 4 s ago"));
      readings.measure();
      assertThat(readings.now()).isEqualTo(Pressure.NONE);
    }
  }

  /** Counts how often it is asked, and says so much each time. */
  private static final class Counted implements Signal {

    private final boolean slow;
    private final Pressure pressure;
    private int asked;

    Counted(boolean slow, Pressure pressure) {
      this.slow = slow;
      this.pressure = pressure;
    }

    @Override
    public SignalName name() {
      return SignalName.PROBE;
    }

    @Override
    public boolean movesSlowly() {
      return slow;
    }

    @Override
    public Pressure measure(Connection connection) {
      asked++;
      return pressure;
    }
  }

  @Test
  void whatMovesSlowlyIsAskedInTurnAndHeededAllTheTime() {
    List<Counted> signals =
        List.of(
            new Counted(false, Pressure.NONE),
            new Counted(true, Pressure.hold("the first")),
            new Counted(true, Pressure.NONE),
            new Counted(true, Pressure.NONE));
    try (Readings readings =
        new Readings("the database", database::connect, List.copyOf(signals), time)) {
      assertThat(readings.glances()).isEqualTo(2);
      readings.measure();
      assertThat(signals).extracting(signal -> signal.asked).containsExactly(1, 1, 1, 1);
      for (int glances = 1; glances <= 6; glances++) {
        readings.measure();
        assertThat(readings.now()).isEqualTo(Pressure.hold("the first"));
      }
      assertThat(signals).extracting(signal -> signal.asked).containsExactly(4, 2, 2, 2);
    }
  }

  @Test
  void aSignalThatCannotBeReadIsTheLeastPaceAndNamed() throws SQLException {
    try (Readings readings = readings("SELECT answer::boolean FROM go")) {
      database.execute("UPDATE go SET answer = 'perhaps'");
      readings.measure();
      assertThat(readings.now().share()).isEqualTo(Pressure.MINIMUM);
      assertThat(readings.now().reasons())
          .containsExactly(
              "probe cannot be read: invalid input syntax for type boolean: \"perhaps\"; accept it with ignore_signals: [probe]");
      database.execute("UPDATE go SET answer = 'false'");
      readings.measure();
      assertThat(readings.now()).isEqualTo(Pressure.hold("the probe says to hold"));
    }
  }

  @Test
  void itLooksByItselfAndLeavesNoConnectionBehind() throws Exception {
    Semaphore looks = new Semaphore(0);
    Semaphore slept = new Semaphore(0);
    Timing timing =
        new Timing(
            new SystemTicker(),
            pause -> {
              assertThat(pause).isEqualTo(SignalWatch.RHYTHM);
              slept.release();
              looks.acquire();
            },
            new Random(1));
    SignalWatch watch =
        SignalWatch.start(
            "the database",
            database::connect,
            new Signals(probing("SELECT answer::boolean FROM go"), time).ofServer(0),
            timing);
    assertThat(watch.now()).isEqualTo(Pressure.NONE);
    slept.acquire();
    database.execute("UPDATE go SET answer = 'false'");
    looks.release();
    slept.acquire();
    assertThat(watch.now().holds()).isTrue();
    watch.close();
    try (Connection connection = database.connect()) {
      StandbyServer.waitUntil(connection, OTHERS.formatted("count(*) = 0"));
    }
  }
}
