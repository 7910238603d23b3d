package dev.gatefold.backfill.testing;

import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.fence.Fence;
import dev.gatefold.backfill.fence.FenceAnswer;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A fence in a table of one row. */
public final class TableFence implements Fence, BatchFence {

  private final TestDatabase database;

  public TableFence(TestDatabase database) throws SQLException {
    this.database = database;
    database.execute(
        """
        CREATE TABLE owner (state text NOT NULL);
        INSERT INTO owner VALUES ('holding');
        CREATE FUNCTION hold() RETURNS void LANGUAGE plpgsql AS $$
        DECLARE now text;
        BEGIN
          SELECT state INTO now FROM public.owner FOR SHARE;
          IF now = 'paused' THEN RAISE EXCEPTION 'by hand' USING ERRCODE = 'GF102'; END IF;
          IF now <> 'holding' THEN RAISE EXCEPTION '%', now USING ERRCODE = 'GF103'; END IF;
        END $$;
        """);
  }

  public void set(String state) {
    try {
      database.execute("UPDATE owner SET state = '" + state + "'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public BoundStatement statement() {
    return BoundStatement.of("SELECT public.hold()");
  }

  @Override
  public FenceAnswer check(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT state FROM public.owner FOR SHARE")) {
      row.next();
      String state = row.getString(1);
      return switch (state) {
        case "holding" -> new FenceAnswer.Holding();
        case "paused" -> new FenceAnswer.Paused("by hand");
        default -> new FenceAnswer.Lost(state);
      };
    }
  }
}
