package dev.gatefold.executor.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.TargetSettings;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.faults.server.Server;
import dev.gatefold.executor.feed.ControlledClient.Tally;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.testing.broker.TestBroker;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Machines that apply what comes through Kafka, the broker, or the whole server are killed with
 * SIGKILL at random instants while applications write: {@code -Dgatefold.feed.rounds=100
 * -Dgatefold.feed.seed=1}. The same command again goes on. Each row says by itself whether a write
 * was lost.
 */
@Tag("long")
class KafkaCrashTest {

  private static final long SEED = Long.getLong("gatefold.feed.seed", 1);
  private static final long ROUNDS = Long.getLong("gatefold.feed.rounds", 100);
  private static final int CLIENTS = 3;
  private static final double REST = 0.02;
  private static final int MACHINES = 3;
  private static final int PARTITIONS = 4;
  private static final int MOST_MILLIS = 4_000;

  /** Whoever needs more never comes to an end. */
  private static final int ATTEMPTS = 60;

  private static final String DATABASE = "lanes";
  private static final ChangeName CHANGE = new ChangeName("feed");

  /** A step of the way. */
  private interface Move {
    Outcome make(LiveRollouts rollouts) throws SQLException;
  }

  /** There, back by one stage, and there again to the end. */
  private static final List<Move> WAY =
      List.of(
          to(StageName.EXPAND),
          to(StageName.BACKFILL),
          to(StageName.RETIRE),
          rollouts ->
              rollouts.rollback(CHANGE, Optional.of(RolloutState.BACKFILLED), StageListener.SILENT),
          to(StageName.RETIRE),
          to(StageName.DROP));

  private final List<KafkaMachine> machines = new ArrayList<>();

  private static Move to(StageName stage) {
    return rollouts -> rollouts.promote(CHANGE, Journey.order(stage), StageListener.SILENT);
  }

  @Test
  void nothingIsLostAndNothingIsLeft() throws Exception {
    try (Server server = Server.start();
        TestBroker broker = TestBroker.start()) {
      for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
        round(server, broker, new SplittableRandom(seed));
        assertWhole(server, seed);
      }
    }
  }

  private void round(Server server, TestBroker broker, SplittableRandom random) throws Exception {
    server.execute("postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(DATABASE));
    server.execute("postgres", "CREATE DATABASE " + DATABASE);
    FedChange fed = random.nextBoolean() ? FedChange.OTHER_KEY : FedChange.PARTITIONS;
    server.execute(DATABASE, fed.table());
    String url = server.url(DATABASE);
    String change = fed.changeThroughKafka(PARTITIONS);
    try (LiveRollouts rollouts = open(url, broker)) {
      rollouts.init();
      assertThat(rollouts.submit(ChangeFile.read("change.yaml", change), change))
          .isInstanceOf(Outcome.Done.class);
    }
    try (SturdyCrew crew =
        SturdyCrew.start(
            url, ControlledClient.several(CLIENTS, random.nextLong(), new Tally(), REST))) {
      for (int i = 0; i < MACHINES; i++) {
        machines.add(KafkaMachine.start(url, broker.servers()));
      }
      for (Move move : WAY) {
        move(server, broker, move, random);
      }
      assertThat(crew.finished()).isPositive();
    } finally {
      for (KafkaMachine machine : machines) {
        machine.close();
      }
      machines.clear();
    }
  }

  private static LiveRollouts open(String url, TestBroker broker) throws SQLException {
    TargetSettings settings = Appliers.settings(broker);
    return LiveRollouts.open(DatabaseUrl.parse(url), settings);
  }

  /** The same command until it is done; the first attempts are struck. */
  private void move(Server server, TestBroker broker, Move move, SplittableRandom random)
      throws Exception {
    List<String> log = new ArrayList<>();
    int strikes = random.nextInt(3);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      CompletableFuture<Void> strike =
          attempt < strikes
              ? strike(server, broker, random.nextInt(4), random.nextInt(MOST_MILLIS))
              : CompletableFuture.completedFuture(null);
      boolean done = false;
      try (LiveRollouts rollouts = open(server.url(DATABASE), broker)) {
        Outcome outcome = move.make(rollouts);
        log.add(outcome.toString());
        done = outcome instanceof Outcome.Done;
      } catch (SQLException e) {
        log.add(String.valueOf(e.getMessage()));
      }
      strike.join();
      if (done) {
        return;
      }
    }
    throw new AssertionError("it never ends: " + log);
  }

  private CompletableFuture<Void> strike(
      Server server, TestBroker broker, int whom, int afterMillis) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            switch (whom) {
              case 0 -> server.crash();
              case 1 -> {
                broker.kill();
                broker.restart();
              }
              default -> {
                machines.remove(0).kill();
                machines.add(KafkaMachine.start(server.url(DATABASE), broker.servers()));
              }
            }
          } catch (Exception e) {
            throw new IllegalStateException("the strike failed", e);
          }
        },
        CompletableFuture.delayedExecutor(afterMillis, TimeUnit.MILLISECONDS));
  }

  private static void assertWhole(Server server, long seed) throws Exception {
    assertThat(server.strings(DATABASE, ControlledClient.LOST))
        .as("rows of round %d in which a write was lost", seed)
        .isEmpty();
    assertThat(
            server.strings(
                DATABASE,
                """
                SELECT slot_name FROM pg_replication_slots
                UNION ALL SELECT pubname FROM pg_publication
                UNION ALL SELECT relname FROM pg_class WHERE relname LIKE '%gatefold\\_%'"""))
        .as("left behind in round %d", seed)
        .isEmpty();
  }
}
