package dev.gatefold.planner.plan;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/**
 * The same rows in a table of another shape, each known by the same key.
 *
 * @param table where the copies are
 * @param columns those that are written; the server computes the others
 * @param sameKey whether a row {@code s} of one table is the copy of a row {@code t} of the other
 * @param same whether all columns of both are alike
 * @param primaryKey of the table where the copies are
 * @param lanes how many may follow changes at a time, each those of other keys: one, unless they
 *     come through Kafka
 */
public record TableCopy(
    TableName table,
    List<Identifier> columns,
    String sameKey,
    String same,
    List<Identifier> primaryKey,
    int lanes) {

  /** The alias under which the conditions see the row of the other table. */
  public static final String OTHER = "s";

  public TableCopy {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    // Plans of versions that knew one alone do not say so.
    lanes = Math.max(1, lanes);
  }
}
