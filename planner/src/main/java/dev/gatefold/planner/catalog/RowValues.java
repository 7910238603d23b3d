package dev.gatefold.planner.catalog;

import dev.gatefold.planner.draft.RowSql;
import dev.gatefold.planner.draft.ValueDraft;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.SqlTemplate;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.sql.SQLException;
import java.util.Optional;

/** Values for a column, as SQL over the row of the stand-in of its table. */
final class RowValues {

  private static final String NUMBER =
      """
      SELECT attnum FROM pg_attribute
      WHERE attrelid = ?::oid AND attname = ? AND NOT attisdropped
      """;

  private final Session session;
  private final Stage stage;

  RowValues(Session session, Stage stage) {
    this.session = session;
    this.stage = stage;
  }

  ValueDraft.Value make(ValueDraft draft) throws SQLException {
    String table = stage.of(draft.table());
    Expression value = parsed(table, draft.sql());
    requireAssignable(table, draft.column(), draft.sql());
    return new ValueDraft.Value(assigned(type(table, draft.column()), value), value.reads());
  }

  /** What the server reads in a text, over the columns that the stand-in has now. */
  Expression parsed(String table, String text) throws SQLException {
    Clone row = Clone.madeAs(session, table.substring("pg_temp.".length()));
    return accepted(Expression.parse(session, row, stage.free().value(), text));
  }

  /** As an UPDATE assigns it, which takes no aggregate and no set. */
  void requireAssignable(String table, Identifier column, String text) throws SQLException {
    session.executeAsAuthor(
        "EXPLAIN UPDATE %s AS %s SET %s = %s"
            .formatted(table, SqlTemplate.ROW, column.quoted(), Expression.enclosed(text)));
  }

  /** The value as it lies in a column of the type. */
  static RowSql assigned(ColumnType type, Expression value) throws SQLException {
    return new RowSql(Assignment.to(type, value.print()));
  }

  ColumnType type(String table, Identifier column) throws SQLException {
    long oid = stage.oid(table);
    int attnum = session.one(row -> row.getInt(1), NUMBER, oid, column.value());
    return Optional.ofNullable(new TypeCatalog(session).read(oid).get(attnum)).orElseThrow();
  }

  static <T> T accepted(Probed<T> answer) throws SQLException {
    Optional<Probed.Rejected<?>> rejection = Rejections.rejection(answer);
    if (rejection.isPresent()) {
      throw new SQLException(rejection.get().message(), rejection.get().sqlState());
    }
    return answer.match(Optional::of, rejected -> Optional.<T>empty()).orElseThrow();
  }
}
