package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.sql.SQLException;
import java.util.Optional;

/** Gives the columns of a clone the types that are wanted. */
final class NewTypes {

  private final Session session;
  private final Clone clone;

  NewTypes(Session session, Clone clone) {
    this.session = session;
    this.clone = clone;
  }

  /**
   * Changes a column, which keeps its collation where the new type has any.
   *
   * @param wanted the author's text for the type; empty to leave it as it is
   */
  Probed<ColumnType> change(Column column, Optional<String> wanted) throws SQLException {
    if (wanted.isEmpty()) {
      return new Probed.Accepted<>(column.type());
    }
    Probed<String> read = named(wanted.get());
    if (!(read instanceof Probed.Accepted<String> type)) {
      return Rejections.of(Rejections.rejection(read).orElseThrow());
    }
    Optional<String> collated =
        column.type().collation().map(collation -> type.value() + " COLLATE " + collation);
    if (collated.isPresent()) {
      Probed<ColumnType> kept = change(column, collated.get());
      if (!Rejections.isRejected(kept)) {
        return kept;
      }
    }
    return change(column, type.value());
  }

  /** Adds a column of the author's type. */
  Probed<ColumnType> add(int number, Identifier name, String wanted) throws SQLException {
    Probed<String> read = named(wanted);
    if (!(read instanceof Probed.Accepted<String> type)) {
      return Rejections.of(Rejections.rejection(read).orElseThrow());
    }
    return session.attempt(
        () -> {
          clone.add(number, name, type.value());
          return clone.type(number);
        });
  }

  private Probed<String> named(String wanted) throws SQLException {
    Optional<Probed<String>> refusal = Expression.refusal(wanted);
    return refusal.isPresent()
        ? refusal.get()
        : session.tryOut(() -> WrittenType.read(session, wanted));
  }

  private Probed<ColumnType> change(Column column, String type) throws SQLException {
    return session.attempt(
        () -> {
          clone.changeType(column.attnum(), type);
          return clone.type(column.attnum());
        });
  }
}
