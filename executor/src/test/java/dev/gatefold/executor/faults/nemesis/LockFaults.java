package dev.gatefold.executor.faults.nemesis;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sessions of others that are in the way. */
final class LockFaults {

  private static final List<String> MODES =
      List.of("ACCESS SHARE", "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE", "SHARE");

  private LockFaults() {}

  /** A transaction keeps the table locked for a while. */
  static Fault.Mending hold(Scene scene) {
    String mode = MODES.get(scene.random().nextInt(MODES.size()));
    double seconds = 0.2 + scene.random().nextDouble(1.5);
    return meanwhile(
        scene, "LOCK TABLE orders IN " + mode + " MODE", "SELECT pg_sleep(" + seconds + ")");
  }

  /** A transaction goes through the rows the other way round. */
  static Fault.Mending deadlock(Scene scene) {
    int high = 200 + scene.random().nextInt(500);
    int low = 13 + scene.random().nextInt(high - 13);
    return meanwhile(
        scene,
        "UPDATE orders SET note = 'first' WHERE id = " + high,
        "SELECT pg_sleep(0.1)",
        "UPDATE orders SET note = 'second' WHERE id = " + low,
        "LOCK TABLE orders IN ROW EXCLUSIVE MODE",
        "UPDATE customers SET code = code");
  }

  private static Fault.Mending meanwhile(Scene scene, String... statements) {
    CompletableFuture<Void> session =
        CompletableFuture.runAsync(() -> run(scene, List.of(statements)));
    return () -> {
      session.get();
    };
  }

  private static void run(Scene scene, List<String> statements) {
    try (Connection connection = scene.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String sql : statements) {
        statement.execute(sql);
      }
      connection.rollback();
    } catch (SQLException e) {
      boolean another = String.valueOf(e.getSQLState()).matches("57P.*|08.*|40P01");
      if (!another) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Settings of the database under which no long statement and no wait would last. */
  static Fault.Mending timeouts(Scene scene) throws SQLException {
    String database = scene.database();
    List<String> settings =
        List.of("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout");
    for (String setting : settings) {
      scene.sql("ALTER DATABASE %s SET %s = '15ms'".formatted(database, setting));
    }
    return () -> {
      try (Connection connection = scene.server().connect("postgres");
          Statement statement = connection.createStatement()) {
        statement.execute("ALTER DATABASE " + database + " RESET ALL");
      }
    };
  }
}
