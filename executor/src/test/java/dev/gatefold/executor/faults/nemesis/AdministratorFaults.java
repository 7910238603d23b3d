package dev.gatefold.executor.faults.nemesis;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.replacement.Names;
import java.sql.SQLException;
import java.util.List;

/** What administrators do to the table while a change is under way. */
final class AdministratorFaults {

  private static final String TRIGGERS =
      """
      SELECT quote_ident(tgname) FROM pg_trigger
      WHERE tgrelid = 'orders'::regclass AND tgname LIKE '~gatefold%%%s%%'""";

  private static final TableName ORDERS =
      new TableName(new Identifier("public"), new Identifier("orders"));

  private AdministratorFaults() {}

  /**
   * No room for some checkpoints. A trigger says so instead of a full disk, which no test may make
   * everywhere: the executor gets the very SQLSTATE, out of the statement that would meet it.
   */
  static Fault.Mending diskFull(Scene scene) throws SQLException {
    scene.sql(
        """
        CREATE SEQUENCE calls;
        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF nextval('public.calls') IN (%d, %d) THEN
            RAISE 'could not extend file' USING ERRCODE = 'disk_full';
          END IF;
          RETURN NEW;
        END $$;
        CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON gatefold.backfill_range
        FOR EACH ROW EXECUTE FUNCTION full_disk();
        ALTER TABLE gatefold.backfill_range ENABLE ALWAYS TRIGGER full_disk"""
            .formatted(1 + scene.random().nextInt(2), 3 + scene.random().nextInt(3)));
    return () ->
        scene.sql(
            """
            DROP TRIGGER full_disk ON gatefold.backfill_range;
            DROP FUNCTION full_disk();
            DROP SEQUENCE calls""");
  }

  /** The triggers stand still: rows go out of step until somebody mends them. */
  static Fault.Mending disableSync(Scene scene) throws SQLException {
    scene.applications().unguarded();
    each(scene, "ALTER TABLE orders DISABLE TRIGGER %s");
    scene.applications().goOn();
    return scene.applications()::mend;
  }

  /** The triggers are gone: there is only a way back. */
  static Fault.Mending dropSync(Scene scene) throws SQLException {
    scene.applications().unguarded();
    each(scene, "DROP TRIGGER %s ON orders");
    scene.applications().goOn();
    return scene.applications()::mend;
  }

  private static void each(Scene scene, String sql) throws SQLException {
    // Another change of the table may have triggers too; this one's are meant.
    String token = new Names(new ChangeName(scene.command().change()), ORDERS).token();
    List<String> triggers = scene.strings(TRIGGERS.formatted(token));
    if (!triggers.isEmpty()) {
      scene.sql(String.join(";", triggers.stream().map(sql::formatted).toList()));
    }
  }

  /** Somebody thinks that the column under change needs another index. */
  static Fault.Mending addIndex(Scene scene) throws SQLException {
    String column =
        scene
            .strings(
                """
                SELECT quote_ident(attname) FROM pg_attribute
                WHERE attrelid = 'orders'::regclass AND attnum > 3 AND NOT attisdropped
                ORDER BY attnum LIMIT 1""")
            .get(0);
    scene.sql("CREATE INDEX added ON orders (" + column + ")");
    return () -> scene.sql("DROP INDEX IF EXISTS added");
  }

  /** The rows move to another file, and every row to another place. */
  static Fault.Mending rewrite(Scene scene) throws SQLException {
    scene.sql("VACUUM FULL orders");
    return Fault.NOTHING;
  }
}
