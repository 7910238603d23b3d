package dev.gatefold.planner.catalog;

import dev.gatefold.planner.change.StandaloneBackfill;
import dev.gatefold.planner.change.StandaloneBackfill.Assignment;
import dev.gatefold.planner.draft.RowSql;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.StandaloneProbe;
import dev.gatefold.planner.schema.StandaloneProbe.Value;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tries the texts of a backfill of its own on a stand-in of its table. */
final class StandaloneProber {

  private final Session session;
  private final StandaloneBackfill backfill;

  StandaloneProber(Session session, StandaloneBackfill backfill) {
    this.session = session;
    this.backfill = backfill;
  }

  StandaloneProbe probe() throws SQLException {
    Optional<Table> table = new TableCatalog(session).read(backfill.table(), Set.of());
    Map<Identifier, Probed<Value>> values = new LinkedHashMap<>();
    Optional<Probed<Value>> where = Optional.empty();
    if (table.isPresent()) {
      Stage stage = new Stage(session, List.of(table.get()));
      long oid = table.get().oid();
      for (Assignment assignment : backfill.set()) {
        if (table.get().column(assignment.column()).filter(c -> !c.generated()).isPresent()) {
          values.put(assignment.column(), session.attempt(() -> value(stage, oid, assignment)));
        }
      }
      if (backfill.where().isPresent()) {
        String text = backfill.where().get();
        Column any = table.get().columns().get(0);
        where = Optional.of(session.attempt(() -> where(stage, oid, any, text)));
      }
    }
    return new StandaloneProbe(new ServerCatalog(session).read(), table, values, where);
  }

  private Value value(Stage stage, long oid, Assignment assignment) throws SQLException {
    RowValues rows = new RowValues(session, stage);
    String table = stage.of(backfill.table());
    Expression value = rows.parsed(table, assignment.sql());
    rows.requireAssignable(table, assignment.column(), assignment.sql());
    return new Value(
        RowValues.assigned(rows.type(table, assignment.column()), value),
        isSteady(value),
        !value.looksInto(oid) && !value.callsChanging() && !readsWhatIsSet(value));
  }

  private boolean readsWhatIsSet(Expression value) throws SQLException {
    List<Identifier> set = backfill.set().stream().map(Assignment::column).toList();
    // The row as a whole, of which the server keeps no column.
    return value.print().contains(RowSql.ROW + ".*") || !Collections.disjoint(value.reads(), set);
  }

  /**
   * It may read what is set, and the time: a row that has its values is not written again, whether
   * or not it is meant.
   */
  private Value where(Stage stage, long oid, Column any, String text) throws SQLException {
    String table = stage.of(backfill.table());
    Expression value = new RowValues(session, stage).parsed(table, text);
    // As the batch asks it, which takes a boolean and neither aggregate nor set.
    session.executeAsAuthor(
        "EXPLAIN UPDATE %s AS %s SET %s = DEFAULT WHERE %s"
            .formatted(table, RowSql.ROW, any.name().quoted(), Expression.enclosed(text)));
    return new Value(new RowSql(value.print()), isSteady(value), !value.looksInto(oid));
  }

  /**
   * The server merges a view into a query that asks for its column twice, but for one with a
   * volatile value: that one it scans as a subquery of its own.
   */
  private boolean isSteady(Expression value) throws SQLException {
    String plan =
        session
            .list(
                row -> row.getString(1),
                "EXPLAIN (COSTS OFF) SELECT gatefold_value, gatefold_value FROM pg_temp."
                    + value.view())
            .get(0);
    return !plan.startsWith("Subquery Scan");
  }
}
