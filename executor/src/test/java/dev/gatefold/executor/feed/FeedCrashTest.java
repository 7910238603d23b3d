package dev.gatefold.executor.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.crash.Command;
import dev.gatefold.executor.crash.Command.Verb;
import dev.gatefold.executor.crash.ExecutorProcess;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.faults.server.Server;
import dev.gatefold.executor.feed.ControlledClient.Tally;
import dev.gatefold.planner.change.ChangeFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The executor, and with it engine and applier, or the whole server are killed with SIGKILL at
 * random instants while applications write: {@code -Dgatefold.feed.rounds=100
 * -Dgatefold.feed.seed=1}. The same command again goes on. Each row says by itself whether a write
 * was lost.
 */
@Tag("long")
class FeedCrashTest {

  private static final long SEED = Long.getLong("gatefold.feed.seed", 1);
  private static final long ROUNDS = Long.getLong("gatefold.feed.rounds", 100);
  private static final int CLIENTS = 3;

  /** Longer than most commands take: now and then nothing is hit. */
  private static final int MOST_MILLIS = 4_000;

  /** Whoever needs more never comes to an end. */
  private static final int ATTEMPTS = 20;

  private static final String DATABASE = "feeds";

  /** There, back by one stage, and there again to the end. */
  private static final List<List<String>> WAY =
      List.of(
          List.of("promote", "expand"),
          List.of("promote", "backfill"),
          List.of("promote", "retire"),
          List.of("rollback", "backfilled"),
          List.of("promote", "retire"),
          List.of("promote", "drop"));

  @Test
  void nothingIsLostAndNothingIsLeft() throws Exception {
    try (Server server = Server.start()) {
      for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
        round(server, new SplittableRandom(seed));
        assertWhole(server, seed);
      }
    }
  }

  private static void round(Server server, SplittableRandom random) throws Exception {
    server.execute("postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(DATABASE));
    server.execute("postgres", "CREATE DATABASE " + DATABASE);
    List<FedChange> all = List.of(FedChange.values());
    FedChange fed = all.get(random.nextInt(all.size()));
    server.execute(DATABASE, fed.table());
    String url = server.url(DATABASE);
    try (LiveRollouts rollouts = LiveRollouts.open(DatabaseUrl.parse(url))) {
      rollouts.init();
      rollouts.submit(ChangeFile.read("change.yaml", fed.change()), fed.change());
    }
    try (SturdyCrew crew =
        SturdyCrew.start(url, ControlledClient.several(CLIENTS, random.nextLong(), new Tally()))) {
      for (List<String> move : WAY) {
        move(server, Command.of(url, "feed", verb(move), move.get(1)), random);
      }
      assertThat(crew.finished()).isPositive();
    }
  }

  private static Verb verb(List<String> move) {
    return move.get(0).equals("promote") ? Verb.PROMOTE : Verb.ROLLBACK;
  }

  /** The same command until it is done; the first attempts are struck. */
  private static void move(Server server, Command command, SplittableRandom random)
      throws Exception {
    List<String> log = new ArrayList<>();
    int strikes = random.nextInt(3);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try (ExecutorProcess executor = ExecutorProcess.start()) {
        executor.send(command);
        CompletableFuture<Void> strike =
            attempt < strikes
                ? strike(server, executor, random.nextBoolean(), random.nextInt(MOST_MILLIS))
                : CompletableFuture.completedFuture(null);
        Optional<String> end =
            executor.await(
                line ->
                    line.startsWith("outcome ")
                        || line.startsWith("error ")
                        || line.startsWith("bug "));
        strike.join();
        log.add(end.orElse("gone"));
        if (end.filter(line -> line.startsWith("outcome Done")).isPresent()) {
          return;
        }
      }
    }
    throw new AssertionError("%s never ends: %s".formatted(command, log));
  }

  private static CompletableFuture<Void> strike(
      Server server, ExecutorProcess executor, boolean all, int afterMillis) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            if (all) {
              server.crash();
            } else {
              executor.kill();
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
                UNION ALL SELECT relname FROM pg_class WHERE relname LIKE '%gatefold\\_%'
                UNION ALL SELECT attname FROM pg_attribute
                WHERE attrelid = 'items'::regclass AND attname LIKE '%gatefold%'"""))
        .as("left behind in round %d", seed)
        .isEmpty();
  }
}
