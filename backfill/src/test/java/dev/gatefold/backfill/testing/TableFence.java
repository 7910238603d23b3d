package dev.gatefold.backfill.testing;

import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.testing.TestDatabase;
import java.sql.SQLException;

/** A fence in a table of one row. */
public final class TableFence implements BatchFence {

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
}
