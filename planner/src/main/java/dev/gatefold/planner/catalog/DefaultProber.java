package dev.gatefold.planner.catalog;

import dev.gatefold.planner.change.Operation.DefaultChange;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.sql.SQLException;
import java.util.Optional;

/** Tries the default that a column shall have on the clone with the new types. */
final class DefaultProber {

  private static final String PRINTED =
      """
      SELECT pg_get_expr(d.adbin, d.adrelid)
      FROM pg_attrdef d
      JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
      WHERE a.attrelid = ?::oid AND a.attname = ?
      """;

  private final Session session;
  private final Clone clone;

  DefaultProber(Session session, Clone clone) {
    this.session = session;
    this.clone = clone;
  }

  /** The default in the server's words; without a wish the old one is carried to the new type. */
  Probed<Optional<String>> probe(Column column, Optional<DefaultChange> wish) throws SQLException {
    if (wish.isEmpty()) {
      Optional<String> old = column.defaultValue().map(Column.Default::expression);
      return old.isEmpty() ? none() : session.tryOut(() -> carried(column.attnum(), old.get()));
    }
    return probe(column.attnum(), wish);
  }

  /** The same of a column that has none to carry. */
  Probed<Optional<String>> probe(int column, Optional<DefaultChange> wish) throws SQLException {
    if (wish.isEmpty()) {
      return none();
    }
    if (!(wish.get() instanceof DefaultChange.Set set)) {
      return none();
    }
    Optional<Probed<Optional<String>>> refusal = Expression.refusal(set.expression());
    return refusal.isPresent()
        ? refusal.get()
        : session.tryOut(() -> written(column, set.expression()));
  }

  private static Probed<Optional<String>> none() {
    return new Probed.Accepted<>(Optional.empty());
  }

  private Optional<String> carried(int column, String expression) throws SQLException {
    clone.alter(setDefault(column, expression));
    return printed(column);
  }

  private Optional<String> written(int column, String expression) throws SQLException {
    clone.alterAsAuthor(setDefault(column, expression));
    return printed(column);
  }

  private String setDefault(int column, String expression) {
    return "ALTER COLUMN "
        + clone.column(column).quoted()
        + " SET DEFAULT "
        + Expression.enclosed(expression);
  }

  private Optional<String> printed(int column) throws SQLException {
    return session
        .list(row -> row.getString(1), PRINTED, clone.oid(), clone.column(column).value())
        .stream()
        .findFirst();
  }
}
