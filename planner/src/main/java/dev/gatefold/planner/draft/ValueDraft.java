package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/** A value for a column of a table that is there, as SQL over the row. */
public record ValueDraft(TableName table, Identifier column, String sql)
    implements Draft<ValueDraft.Value> {

  /** What the server made of it: assigned to the column's type, and what it reads. */
  public record Value(RowSql sql, List<Identifier> reads) {
    public Value {
      reads = List.copyOf(reads);
    }
  }

  @Override
  public String label() {
    return table + "." + column;
  }

  @Override
  public List<String> texts() {
    return List.of(sql);
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.value(this);
  }
}
