package dev.gatefold.backfill.testing;

import dev.gatefold.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** The tables of Gatefold's that a backfill needs, and what is committed in them. */
public final class OwnTables {

  private final TestDatabase database;

  public OwnTables(TestDatabase database) throws SQLException {
    this.database = database;
    database.execute(
        """
        CREATE SCHEMA gatefold;
        CREATE TABLE gatefold.rollout (id bigint PRIMARY KEY);
        CREATE TABLE gatefold.checkpoint ();
        INSERT INTO gatefold.rollout VALUES (1);
        """);
    database.execute(script("lease/V7__ranges.sql"));
    database.execute(script("pace/V13__nap.sql"));
  }

  private static String script(String file) {
    try (InputStream script =
        OwnTables.class.getResourceAsStream("/dev/gatefold/backfill/" + file)) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The ranges that are not finished: what is done of each, its end, the rows that were passed. */
  public List<String> ranges() throws SQLException {
    return database.queryLines(
        "SELECT done_key, end_key, rows_done FROM gatefold.backfill_range ORDER BY id");
  }

  public long rowsDone() throws SQLException {
    return Long.parseLong(
        database.queryLines("SELECT sum(rows_done) FROM gatefold.backfill_progress").get(0));
  }
}
