package dev.gatefold.executor;

import dev.gatefold.executor.Rollouts.Diagnosis;
import dev.gatefold.executor.Rollouts.Diagnosis.Level;
import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.executor.store.NotificationStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether a database is ready for Gatefold. Reads, and changes nothing. */
final class Doctor {

  private static final int OLDEST_SERVER = 14;

  private final Connection connection;
  private final Standbys standbys;
  private final TargetSettings settings;
  private final NotificationStore notifications;

  Doctor(Connection connection, TargetSettings settings, NotificationStore notifications) {
    this.connection = connection;
    this.settings = settings;
    this.standbys = settings.standbys();
    this.notifications = notifications;
  }

  List<Diagnosis> look() throws SQLException {
    List<Diagnosis> found = new ArrayList<>();
    found.add(version());
    found.add(primary());
    found.add(schema());
    found.add(temporaryTables());
    found.add(userTriggers());
    found.addAll(policies());
    found.addAll(memberships());
    found.add(pooling());
    found.addAll(longTransactions());
    found.addAll(new StandbyDoctor(connection, standbys).look());
    found.addAll(slots());
    found.addAll(new FeedDoctor(connection, settings.brokers()).look());
    found.addAll(new ThrottleDoctor(connection, standbys.all().size()).look());
    found.addAll(webhooks());
    return found;
  }

  private Diagnosis version() throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    return version >= OLDEST_SERVER
        ? ok("server", "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion())
        : problem(
            "server",
            "PostgreSQL " + version + " is too old",
            "Upgrade to PostgreSQL %d or later.".formatted(OLDEST_SERVER));
  }

  private Diagnosis primary() throws SQLException {
    return Query.of("SELECT pg_is_in_recovery()").isTrue(connection)
        ? problem("role", "this is a standby", "Give the URL of the primary.")
        : ok("role", "a primary");
  }

  private Diagnosis schema() throws SQLException {
    if (Query.of("SELECT to_regclass('gatefold.feed_progress') IS NOT NULL").isTrue(connection)) {
      return ok("schema", "gatefold is there");
    }
    if (Query.of("SELECT to_regclass('gatefold.rollout') IS NOT NULL").isTrue(connection)) {
      return problem("schema", "gatefold is older than this program", "Run gatefold init.");
    }
    boolean mayCreate =
        Query.of("SELECT has_database_privilege(current_database(), 'CREATE')").isTrue(connection);
    return mayCreate
        ? new Diagnosis("schema", Level.NOTE, "gatefold is not there yet", "Run gatefold init.")
        : problem(
            "schema",
            "gatefold is not there, and this role may not create it",
            "Have the DBA run what \"gatefold init -o sql\" prints.");
  }

  private Diagnosis temporaryTables() throws SQLException {
    return Query.of("SELECT has_database_privilege(current_database(), 'TEMP')").isTrue(connection)
        ? ok("temporary tables", "allowed")
        : problem(
            "temporary tables",
            "this role may not make any, and mappings are tried on one",
            "GRANT TEMPORARY ON DATABASE ... TO this role.");
  }

  private Diagnosis userTriggers() throws SQLException {
    return ServerFacts.maySkipTriggers(connection)
        ? ok("user triggers", "the backfill can keep them from firing")
        : new Diagnosis(
            "user triggers",
            Level.NOTE,
            "they would fire for each row of a backfill",
            "GRANT SET ON PARAMETER session_replication_role TO this role (PostgreSQL 15 on), or"
                + " say \"backfill: {user_triggers: fire}\" in the change file.");
  }

  private List<Diagnosis> policies() throws SQLException {
    return Query.of(
            """
            SELECT format('policies of %I.%I bind this role, since row-level security is forced',
                          n.nspname, c.relname)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND c.relforcerowsecurity
              AND pg_has_role(c.relowner, 'USAGE') AND row_security_active(c.oid)
            ORDER BY 1 LIMIT 5""")
        .list(
            connection,
            row ->
                new Diagnosis(
                    "row security",
                    Level.NOTE,
                    row.getString(1),
                    "ALTER ROLE ... BYPASSRLS for this role, or NO FORCE ROW LEVEL SECURITY on the"
                        + " table, before you change it."));
  }

  private List<Diagnosis> memberships() throws SQLException {
    return Query.of(
            """
            SELECT format('this role is a member of %I but does not inherit its rights', r.rolname)
            FROM pg_roles r
            WHERE pg_has_role(r.oid, 'MEMBER') AND NOT pg_has_role(r.oid, 'USAGE')
              AND EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p'))
            ORDER BY 1 LIMIT 5""")
        .list(
            connection,
            row ->
                new Diagnosis(
                    "membership",
                    Level.NOTE,
                    row.getString(1),
                    "To change its tables, become that role in the URL (?options=-c%20role=OWNER)"
                        + " or let this one inherit."));
  }

  /** Two transactions in a row must meet the same session. */
  private Diagnosis pooling() throws SQLException {
    Query pid = Query.of("SELECT pg_backend_pid()");
    Query hold = Query.of("SELECT pg_try_advisory_lock_shared(1734440037, -1)");
    Query release = Query.of("SELECT pg_advisory_unlock_shared(1734440037, -1)");
    Optional<Integer> before = pid.first(connection, row -> row.getInt(1));
    hold.isTrue(connection);
    boolean same = before.equals(pid.first(connection, row -> row.getInt(1)));
    boolean kept = release.isTrue(connection);
    return same && kept
        ? ok("pooling", "the session stays the same")
        : problem(
            "pooling",
            "a pooler gives each transaction another session",
            "Connect to the server itself, or to a pool in session mode.");
  }

  private List<Diagnosis> longTransactions() throws SQLException {
    return Query.of(
            """
            SELECT format('session %s (%s) has a transaction open for %s', pid,
                          coalesce(nullif(application_name, ''), 'no name'),
                          date_trunc('second', clock_timestamp() - xact_start))
            FROM pg_stat_activity
            WHERE xact_start < clock_timestamp() - interval '1 minute'
              AND pid <> pg_backend_pid() AND backend_type = 'client backend'
            ORDER BY xact_start LIMIT 5""")
        .list(
            connection,
            row ->
                new Diagnosis(
                    "long transaction",
                    Level.NOTE,
                    row.getString(1),
                    "Wait for it or end it: index builds and brief locks wait for it."));
  }

  private List<Diagnosis> slots() throws SQLException {
    return Query.of(
            """
            SELECT format('slot %s is not read by anybody', slot_name)
            FROM pg_replication_slots s
            -- Of ours more is told than that.
            WHERE NOT active AND NOT EXISTS (
              SELECT FROM pg_database d
              WHERE d.datname = current_database()
                AND s.slot_name ~ ('^gatefold_[0-9a-f]{12}_' || d.oid || '$'))
            ORDER BY 1""")
        .list(
            connection,
            row ->
                new Diagnosis(
                    "replication slot",
                    Level.NOTE,
                    row.getString(1),
                    "A backfill writes much log, which the slot keeps: drop it or start its"
                        + " reader."));
  }

  private List<Diagnosis> webhooks() throws SQLException {
    if (!Query.of("SELECT to_regclass('gatefold.delivery') IS NOT NULL").isTrue(connection)) {
      return List.of();
    }
    return notifications.untold(connection).stream()
        .map(
            it ->
                new Diagnosis(
                    "webhook " + it.endpoint(),
                    Level.NOTE,
                    it.sentence(),
                    "Mend the receiver: gatefold work, or the next command with --target, sends"
                        + " again what is not older than a day."))
        .toList();
  }

  private static Diagnosis ok(String subject, String message) {
    return new Diagnosis(subject, Level.OK, message, "");
  }

  private static Diagnosis problem(String subject, String message, String cure) {
    return new Diagnosis(subject, Level.PROBLEM, message, cure);
  }
}
