package dev.gatefold.executor.usage;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.database.SqlState;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Code that lies in the database as text: the catalog does not know what it reads. Stateless and
 * thread-safe.
 */
public final class Texts {

  private static final String FUNCTIONS =
      """
      WITH tree AS (
        SELECT relid FROM pg_partition_tree(?::oid::regclass) UNION SELECT ?::oid),
      row_types AS (
        SELECT unnest(ARRAY[t.oid, t.typarray]) AS oid
        FROM tree JOIN pg_type t ON t.typrelid = tree.relid)
      SELECT p.oid::regprocedure::text, p.prosrc,
             EXISTS (SELECT FROM pg_trigger g JOIN tree ON tree.relid = g.tgrelid
                     WHERE g.tgfoid = p.oid AND NOT g.tgisinternal),
             EXISTS (SELECT FROM row_types r
                     WHERE r.oid = p.prorettype
                        OR r.oid = ANY (coalesce(p.proallargtypes, p.proargtypes::oid[])))
      FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
      WHERE l.lanname NOT IN ('internal', 'c') AND p.prosqlbody IS NULL
        AND p.pronamespace NOT IN ('gatefold'::regnamespace, 'pg_catalog'::regnamespace,
                                   'information_schema'::regnamespace)
      ORDER BY 1""";

  private Texts() {}

  /**
   * What was found, in words.
   *
   * @param unseen what could not be looked through; empty where all was
   */
  public record Found(List<String> uses, List<String> unseen) {

    public Found {
      uses = List.copyOf(uses);
      unseen = List.copyOf(unseen);
    }
  }

  /** Functions and cron jobs whose text uses the column. */
  public static Found look(Connection connection, OldColumn column, StageName stage)
      throws SQLException {
    Search search = Relations.search(connection, column, stage);
    List<String> uses = new ArrayList<>(functions(connection, column, search));
    List<String> unseen = new ArrayList<>();
    if (Query.of("SELECT to_regclass('cron.job') IS NOT NULL").isTrue(connection)) {
      try {
        uses.addAll(jobs(connection, search));
      } catch (SQLException e) {
        if (SqlState.of(e) == SqlState.LOST) {
          throw e;
        }
        unseen.add("the jobs of pg_cron: " + SqlState.sentence(e));
      }
    }
    return new Found(uses, unseen);
  }

  private record Function(String name, String code, boolean ofTrigger, boolean ofRows) {

    boolean uses(Search search) {
      return ofRows
          || Mentions.inCode(code, search)
          || (ofTrigger && Mentions.inTrigger(code, search));
    }
  }

  private static List<String> functions(Connection connection, OldColumn column, Search search)
      throws SQLException {
    return Query.of(FUNCTIONS, column.oid(), column.oid())
        .list(
            connection,
            row ->
                new Function(
                    row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4)))
        .stream()
        .filter(function -> function.uses(search))
        .map(function -> "function " + function.name())
        .toList();
  }

  private record Job(String id, String command) {}

  private static List<String> jobs(Connection connection, Search search) throws SQLException {
    return Query.of(
            "SELECT jobid, command FROM cron.job WHERE database = current_database() ORDER BY 1")
        .list(connection, row -> new Job(row.getString(1), row.getString(2)))
        .stream()
        .filter(job -> Mentions.inStatement(job.command(), search))
        .map(job -> "cron job " + job.id())
        .toList();
  }
}
