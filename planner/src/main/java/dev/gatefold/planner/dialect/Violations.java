package dev.gatefold.planner.dialect;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/**
 * Queries for some of the rows that keep a constraint from coming into force. Each has two columns:
 * what people know the row by, and what is wrong with it.
 */
public interface Violations {

  /** Whose rows: a table, and what people know them by; without a key by their place. */
  record Rows(TableName table, List<Identifier> key) {
    public Rows {
      key = List.copyOf(key);
    }
  }

  /** Rows that break a check, given its whole definition. */
  String ofCheck(Rows rows, String definition);

  /** Rows with NULL in a column. */
  String ofNotNull(Rows rows, Identifier column);

  /** Values that more than one row has. */
  String ofUnique(TableName table, List<Identifier> columns, boolean nullsNotDistinct);

  /** Rows that refer to none. */
  String ofForeignKey(
      Rows rows,
      List<Identifier> columns,
      TableName referenced,
      List<Identifier> referencedColumns);
}
