package dev.gatefold.backfill.feed.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.feed.Feed;
import dev.gatefold.backfill.feed.FeedConsumer;
import dev.gatefold.backfill.feed.FeedEnd;
import dev.gatefold.backfill.feed.FeedEvent;
import dev.gatefold.backfill.feed.FeedPosition;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Feed.Written;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events come when a test wants them to; rows and transactions are real. */
class FeedRunTest {

  private static final RowMapping ROWS =
      new RowMapping(
          TableName.parse("public.t"),
          0,
          List.of(new KeyColumn(new Identifier("id"), 1, "integer", false)),
          "the primary key",
          List.of(
              new RowMapping.ColumnMapping(
                  new Identifier("a"),
                  new Identifier("b"),
                  "100 / t.a",
                  "t.b IS NOT DISTINCT FROM 100 / t.a",
                  "t.a IS NOT DISTINCT FROM 100 / t.b",
                  Optional.of("100 / t.b"))),
          "gatefold.backfill=x",
          List.of());

  private final ExecutorService engine = Executors.newSingleThreadExecutor();
  private final AtomicReference<FeedConsumer<FeedEvent>> consumer =
      new AtomicReference<>(events -> false);
  private final Noted noted = new Noted();
  private TestDatabase database;

  @BeforeEach
  void start() throws SQLException {
    database = TestDatabase.forSuperuser();
    database.execute(
        """
        CREATE TABLE t (id int PRIMARY KEY, a int, b int UNIQUE);
        INSERT INTO t VALUES (1, 5, 20), (2, 10, 10), (3, 4, 25)""");
  }

  @AfterEach
  void stop() throws SQLException {
    engine.shutdownNow();
    database.close();
  }

  @Test
  void aCommitThatIsInTheLogAndNotSeenYetIsWaitedFor() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    Timing timing = sleeping(waits::countDown);
    try (Connection writer = database.connect();
        FeedRun run = run(timing)) {
      writer.setAutoCommit(false);
      long number = write(writer, "UPDATE t SET a = 20 WHERE id = 1");
      Future<Boolean> kept = tell(written(number, "1"));
      waits.await();
      assertThat(kept.isDone()).isFalse();
      assertThat(noted.position).isEmpty();
      writer.commit();
      assertThat(kept.get()).isTrue();
    }
    assertThat(database.queryLines("SELECT b FROM t WHERE id = 1")).containsExactly("5");
    assertThat(noted.position).contains(new FeedPosition(1, 2));
  }

  @Test
  void aRowThatHasNoValueIsLeftWithoutOneAndNamedUntilItHas() throws Exception {
    try (FeedRun run = run(sleeping(() -> {}))) {
      database.execute("UPDATE t SET a = 0 WHERE id = 1");
      assertThat(tell(written(3, "1"), written(3, "2")).get()).isTrue();
      assertThat(database.queryLines("SELECT b FROM t WHERE id = 1")).containsExactly("null");
      assertThat(noted.pending).containsOnlyKeys(Key.of("1"));
      assertThat(noted.pending.get(Key.of("1"))).isEqualTo("division by zero");
      database.execute("UPDATE t SET a = 50 WHERE id = 1");
      assertThat(tell(written(3, "1")).get()).isTrue();
    }
    assertThat(database.queryLines("SELECT b FROM t WHERE id = 1")).containsExactly("2");
    assertThat(noted.pending).isEmpty();
  }

  @Test
  void twoRowsThatTradeTheirUniqueValuesHaveThemInTheEnd() throws Exception {
    try (FeedRun run = run(sleeping(() -> {}))) {
      database.execute("UPDATE t SET a = 15 - a WHERE id IN (1, 2)");
      assertThat(tell(written(3, "1")).get()).isTrue();
      assertThat(noted.pending).containsOnlyKeys(Key.of("1"));
      assertThat(tell(written(3, "2")).get()).isTrue();
      assertThat(tell(written(3, "1")).get()).isTrue();
    }
    assertThat(database.queryLines("SELECT id, b FROM t WHERE id < 3 ORDER BY id"))
        .containsExactly("1|10", "2|20");
    assertThat(noted.pending).isEmpty();
  }

  @Test
  void whoHoldsTheTableAppliesTheRest() throws Exception {
    try (Connection holder = database.connect();
        FeedRun run = run(sleeping(() -> {}))) {
      database.execute("UPDATE t SET a = 50 WHERE id = 1");
      holder.setAutoCommit(false);
      write(holder, "LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
      Future<Boolean> kept = tell(written(3, "1"));
      run.handOver();
      assertThat(kept.get()).as("what the lock kept from being applied is told again").isFalse();
      assertThat(tell(new FeedEvent.Said(new FeedPosition(1, 9), none(), "now")).get()).isFalse();
      assertThat(run.drain(holder, "now", Duration.ofSeconds(30))).contains(0);
      holder.commit();
    }
    assertThat(database.queryLines("SELECT b FROM t WHERE id = 1")).containsExactly("2");
    assertThat(noted.position).isEmpty();
  }

  @Test
  void whoIsNotTheReaderAnyMoreWritesNothing() throws Exception {
    try (FeedRun run = run(sleeping(() -> {}))) {
      database.execute("UPDATE t SET a = 50 WHERE id = 1");
      noted.mine = false;
      assertThat(tell(written(3, "1"))).failsWithin(Duration.ofSeconds(30));
    }
    assertThat(database.queryLines("SELECT b FROM t WHERE id = 1")).containsExactly("20");
  }

  @Test
  void aKeyIsReadBackWhateverItsTextHolds() throws Exception {
    String odd = "a \"b\" \\c, {d} 'e' NULL ü";
    database.execute("CREATE TABLE named (id text PRIMARY KEY, a int, b int)");
    try (Connection writer = database.connect();
        var insert = writer.prepareStatement("INSERT INTO named VALUES (?, 4), ('NULL', 5)")) {
      insert.setString(1, odd);
      insert.executeUpdate();
    }
    RowMapping rows =
        new RowMapping(
            TableName.parse("public.named"),
            0,
            List.of(new KeyColumn(new Identifier("id"), 1, "text", false)),
            "the primary key",
            ROWS.columns(),
            ROWS.skipSetting(),
            List.of());
    try (FeedRun run = run(rows, sleeping(() -> {}))) {
      assertThat(tell(written(3, odd), written(3, "NULL")).get()).isTrue();
    }
    assertThat(database.queryLines("SELECT b FROM named ORDER BY a")).containsExactly("25", "20");
  }

  private FeedRun run(Timing timing) throws SQLException {
    return run(ROWS, timing);
  }

  private FeedRun run(RowMapping rows, Timing timing) throws SQLException {
    return FeedRun.begin(
        database::connect,
        new ApplyJob(rows, Written.OLD, false, List.of(), OptionalInt.empty()),
        noted,
        timing,
        taking -> {
          consumer.set(taking);
          return new Told();
        });
  }

  private Future<Boolean> tell(FeedEvent... events) {
    return engine.submit(() -> Objects.requireNonNull(consumer.get()).take(List.of(events)));
  }

  private static FeedEvent written(long transaction, String key) {
    return new FeedEvent.Written(new FeedPosition(1, 2), transaction, List.of(key));
  }

  private static java.util.OptionalLong none() {
    return java.util.OptionalLong.empty();
  }

  private static long write(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      try (var number = statement.executeQuery("SELECT pg_current_xact_id()::text::bigint")) {
        number.next();
        return number.getLong(1);
      }
    }
  }

  /** Its clock stands a second later at each look, so that nothing waits for its time. */
  private static Timing sleeping(Runnable sleeps) {
    long[] now = {0};
    return new Timing(
        () -> now[0] += 1_000_000_000L,
        pause -> {
          sleeps.run();
          Thread.onSpinWait();
        },
        new java.util.Random(7));
  }

  private static final class Told implements Feed {
    @Override
    public CompletableFuture<FeedEnd> end() {
      return new CompletableFuture<>();
    }

    @Override
    public void close() {}
  }

  /** What would stand in the database. */
  private static final class Noted implements FeedRecord {

    private final Map<Key, String> pending = new LinkedHashMap<>();
    private Optional<FeedPosition> position = Optional.empty();
    private volatile boolean mine = true;

    @Override
    public boolean announce(Connection connection) {
      return mine;
    }

    @Override
    public boolean passed(
        Connection connection, FeedPosition reached, Optional<FeedEvent.Said> heard) {
      position = Optional.of(reached);
      return mine;
    }

    @Override
    public void pending(Connection connection, BadRow row) {
      pending.put(row.key(), row.reason());
    }

    @Override
    public void settled(Connection connection, List<Key> rows) {
      rows.forEach(pending::remove);
    }

    @Override
    public List<Key> pending(Connection connection) {
      return new ArrayList<>(pending.keySet());
    }
  }
}
