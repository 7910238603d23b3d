package dev.gatefold.planner.catalog;

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
    Optional<Probed<ColumnType>> refusal = Expression.refusal(wanted.get());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Probed<String> read = session.tryOut(() -> WrittenType.read(session, wanted.get()));
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

  private Probed<ColumnType> change(Column column, String type) throws SQLException {
    return session.attempt(
        () -> {
          clone.changeType(column.attnum(), type);
          return clone.type(column.attnum());
        });
  }
}
