package dev.gatefold.planner.catalog;

import dev.gatefold.planner.schema.Column.Volatility;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.sql.SQLException;

/**
 * Asks the server whether a default is volatile: a column added with a volatile default makes it
 * rewrite the table, any other default does not.
 */
final class DefaultVolatility {

  private static final String FILE =
      "SELECT pg_relation_filenode(to_regclass('pg_temp.gatefold_default'))";

  private final Session session;

  DefaultVolatility(Session session) {
    this.session = session;
  }

  /**
   * How constant a default is.
   *
   * @param expression as the catalog prints it
   * @param type a type for the value; not a domain, whose constraints also cause a rewrite
   */
  Volatility of(String expression, String type) throws SQLException {
    Probed<Boolean> rewritten = session.tryOut(() -> isRewrittenFor(expression, type));
    return rewritten.match(
        yes -> yes ? Volatility.VOLATILE : Volatility.STEADY, rejected -> Volatility.VOLATILE);
  }

  private boolean isRewrittenFor(String expression, String type) throws SQLException {
    session.execute("CREATE TEMP TABLE gatefold_default (gatefold_first integer)");
    long before = file();
    session.execute(
        "ALTER TABLE pg_temp.gatefold_default ADD COLUMN gatefold_value "
            + type
            + " DEFAULT ("
            + expression
            + ")");
    return before != file();
  }

  private long file() throws SQLException {
    return session.one(row -> row.getLong(1), FILE);
  }
}
