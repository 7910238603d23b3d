package dev.gatefold.planner.catalog;

import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.Gates;
import dev.gatefold.planner.change.Operation;
import dev.gatefold.planner.change.Retire;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe;
import dev.gatefold.planner.schema.TableProbe.ColumnProbe;
import dev.gatefold.planner.schema.TableProbe.ObjectKind;
import dev.gatefold.planner.schema.TableProbe.Probed;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A database of one test class and short ways to ask the reader about it. */
final class CatalogFixture implements AutoCloseable {

  private final TestDatabase database;

  CatalogFixture() throws SQLException {
    database = TestDatabase.create();
  }

  TestDatabase database() {
    return database;
  }

  void execute(String sql) throws SQLException {
    database.execute(sql);
  }

  /** Starts again with an empty schema {@code public}. */
  void reset(String sql) throws SQLException {
    database.asSuperuser(
        "DROP SCHEMA IF EXISTS public, other CASCADE; CREATE SCHEMA public; GRANT ALL ON SCHEMA public TO "
            + database.role());
    execute(sql);
  }

  Schema read(Operation... operations) throws SQLException {
    try (Connection connection = database.connect()) {
      return new CatalogReader(connection).read(change(operations));
    }
  }

  static Change change(Operation... operations) {
    return new Change(
        new ChangeName("test"),
        List.of(operations),
        BackfillSettings.DEFAULT,
        Gates.NONE,
        Retire.RENAME);
  }

  Table table(String name) throws SQLException {
    return read(Alter.column(name, "no_such_column").done()).tables().get(0);
  }

  Column column(String table, String column) throws SQLException {
    return table(table).column(new Identifier(column)).orElseThrow();
  }

  /** The probe of a change of one column. */
  ColumnProbe probe(Alter alter) throws SQLException {
    Operation operation = alter.done();
    return tableProbe(operation).columns().get(0);
  }

  TableProbe tableProbe(Operation... operations) throws SQLException {
    return read(operations).probes().get(0);
  }

  long oid(String table) throws SQLException {
    return Long.parseLong(
        database
            .queryLines("SELECT '" + TableName.parse(table).quoted() + "'::regclass::oid")
            .get(0));
  }

  /** Skips a test of what older servers do not know. */
  void assumeAtLeast(int version) throws SQLException {
    Assumptions.assumeTrue(isAtLeast(version), "needs PostgreSQL " + version);
  }

  boolean isAtLeast(int version) throws SQLException {
    return Integer.parseInt(database.queryLines("SHOW server_version_num").get(0)) / 10_000
        >= version;
  }

  static String object(TableProbe probe, ObjectKind kind, String name) {
    return accepted(probe.object(kind, new Identifier(name)).orElseThrow().definition()).text();
  }

  static <T> T accepted(Probed<T> probed) {
    return probed.match(
        value -> value,
        rejected -> {
          throw new AssertionError(rejected.sqlState() + " " + rejected.message());
        });
  }

  static String rejection(Probed<?> probed) {
    return probed.match(
        value -> "accepted " + value, rejected -> rejected.sqlState() + " " + rejected.message());
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
