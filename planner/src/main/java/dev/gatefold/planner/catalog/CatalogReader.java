package dev.gatefold.planner.catalog;

import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.DirectOperation;
import dev.gatefold.planner.change.Operation;
import dev.gatefold.planner.change.StandaloneBackfill;
import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.schema.StandaloneProbe;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the tables that a change names from a live PostgreSQL, and tries the change on temporary
 * clones of them. All of it happens in one transaction that is rolled back. The role needs to own
 * the tables and to hold the right TEMPORARY on the database. Not thread-safe.
 */
public final class CatalogReader {

  private final Connection connection;

  /**
   * A reader on a connection without an open transaction, which the caller keeps and closes.
   *
   * @param connection one whose TimeZone and DateStyle are those under which the change shall run
   */
  public CatalogReader(Connection connection) {
    this.connection = connection;
  }

  /** The tables that a change names, whether they exist or not. */
  public static Set<TableName> tables(Change change) {
    return TableChange.of(change).keySet();
  }

  /**
   * The server's picture of the change; a table or a column that does not exist is left out.
   *
   * @throws SQLException with state 42501, naming it, if a right is missing without which nothing
   *     can be tried
   */
  public Schema read(Change change) throws SQLException {
    return trying(session -> read(session, change));
  }

  /**
   * The server's picture of a backfill without a change of schema.
   *
   * @throws SQLException with state 42501, naming it, if a right is missing without which nothing
   *     can be tried
   */
  public StandaloneProbe read(StandaloneBackfill backfill) throws SQLException {
    return trying(session -> new StandaloneProber(session, backfill).probe());
  }

  private interface Trial<T> {
    T in(Session session) throws SQLException;
  }

  private <T> T trying(Trial<T> trial) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      begin();
      requireTemporaryTables();
      return trial.in(Session.open(connection));
    } finally {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
    }
  }

  private void begin() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // One snapshot for all queries; strings read the way ExpressionText reads them.
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ WRITE");
      statement.execute("SET LOCAL standard_conforming_strings TO on");
      statement.execute("SET LOCAL quote_all_identifiers TO off");
    }
  }

  /** Said here, since each probe would find the missing right again and call it a bad mapping. */
  private void requireTemporaryTables() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet missing =
            statement.executeQuery(
                """
                SELECT format('role %s lacks the right TEMPORARY on database %s: changes are tried out on temporary tables',
                              quote_ident(current_user), quote_ident(current_database()))
                WHERE NOT has_database_privilege(current_database(), 'TEMPORARY')\
                """)) {
      if (missing.next()) {
        throw new SQLException(missing.getString(1), "42501");
      }
    }
  }

  private static Schema read(Session session, Change asked) throws SQLException {
    DraftProber scout = new DraftProber(session);
    for (Draft<?> draft : wanted(asked, true)) {
      scout.probe(draft);
    }
    Change change = asked.whole(scout.answers());
    List<Table> tables = new ArrayList<>();
    List<TableProbe> probes = new ArrayList<>();
    TableCatalog catalog = new TableCatalog(session);
    for (TableChange wanted : TableChange.of(change).values()) {
      Optional<Table> table = catalog.read(wanted.table(), wanted.read());
      if (table.isPresent()) {
        tables.add(table.get());
        probes.add(new TableProber(session, table.get(), wanted, change.trades()).probe());
      }
    }
    DraftProber drafts = scout.on(tables);
    for (Draft<?> draft : wanted(change, false)) {
      drafts.probe(draft);
    }
    return new Schema(new ServerCatalog(session).read(), tables, probes, drafts.answers());
  }

  private static List<Draft<?>> wanted(Change change, boolean beforeTables) {
    List<Draft<?>> drafts = new ArrayList<>();
    for (Operation operation : change.operations()) {
      if (operation instanceof DirectOperation direct) {
        direct.drafts().stream()
            .filter(draft -> draft.beforeTables() == beforeTables)
            .forEach(drafts::add);
      }
    }
    return drafts;
  }
}
