package dev.gatefold.backfill.throttle.signal;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.planner.change.SignalName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * How old the oldest transaction is that a database has to remember, and the one behind which no
 * vacuum can clean: of a transaction that runs, of a prepared one or of a slot. Everybody may see
 * these.
 */
final class TransactionAge implements Signal {

  /** A vacuum that begins at autovacuum_freeze_max_age has fallen behind at half as much again. */
  private static final double LATE = 1.5;

  private static final double BESIDE_VACUUM = 0.25;

  private static final BoundStatement AGES =
      BoundStatement.of(
          """
          SELECT (SELECT max(age(datfrozenxid)) FROM pg_database)::bigint AS frozen,
            (SELECT pg_snapshot_xmax(s)::text::bigint - pg_snapshot_xmin(s)::text::bigint
             FROM pg_current_snapshot() s) AS running,
            coalesce((SELECT max(age(transaction)) FROM pg_prepared_xacts), 0)::bigint AS prepared,
            coalesce((SELECT max(greatest(age(xmin), age(catalog_xmin)))
                      FROM pg_replication_slots), 0)::bigint AS slots,
            current_setting('autovacuum_freeze_max_age')::bigint AS freeze,
            current_setting('vacuum_failsafe_age')::bigint AS failsafe""");

  private final OptionalLong limit;
  private final Hysteresis alarmed = new Hysteresis();
  private final Hysteresis late = new Hysteresis();

  /**
   * {@code limit} is a number of transactions. Without, it is vacuum_failsafe_age, from which on
   * the server itself leaves everything else be; a backfill slows down well before.
   */
  TransactionAge(OptionalLong limit) {
    this.limit = limit;
  }

  @Override
  public SignalName name() {
    return SignalName.XID_AGE;
  }

  @Override
  public boolean movesSlowly() {
    return true;
  }

  @Override
  public Pressure measure(Connection connection) throws SQLException {
    return AGES.query(connection, rows -> pressure(Rows.one(rows)));
  }

  private Pressure pressure(ResultSet row) throws SQLException {
    long freeze = row.getLong("freeze");
    return frozen(row.getLong("frozen"), freeze, row.getLong("failsafe"))
        .and(
            hindering("running transaction", row.getLong("running"), freeze)
                .and(hindering("prepared transaction", row.getLong("prepared"), freeze))
                .and(hindering("slot", row.getLong("slots"), freeze)));
  }

  private Pressure frozen(long age, long freeze, long failsafe) {
    double lateAge = freeze * LATE;
    // Where somebody set it to nothing, there is no such alarm.
    long most = limit.orElse(Math.max(failsafe, 2 * freeze));
    String words = "the oldest rows of a database are %d transactions old".formatted(age);
    if (alarmed.passed((double) age / most)) {
      return Pressure.hold(words + "; at most %d are allowed".formatted(most));
    }
    return late.passed(age / lateAge)
        ? Pressure.slow(
            BESIDE_VACUUM, words + "; a vacuum should have come at %d".formatted(freeze))
        : Pressure.NONE;
  }

  private Pressure hindering(String whose, long age, long freeze) {
    return age > freeze
        ? Pressure.slow(
            BESIDE_VACUUM,
            "the oldest %s is %d transactions old: no vacuum cleans what came after it"
                .formatted(whose, age))
        : Pressure.NONE;
  }
}
