package dev.gatefold.planner.dialect;

import dev.gatefold.planner.draft.Shape;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.TableCopy;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.UniqueKey;
import java.util.List;
import java.util.Optional;

/** Tables of another shape that take the place of a table, as SQL. */
public interface Copies {

  /** Makes an empty one with the same columns and checks, and with its partitions. */
  List<String> create(TableName copy, Table table, Shape shape);

  /**
   * What copies of rows are: where, and when they are right.
   *
   * @param lanes how many follow changes at a time
   */
  TableCopy rows(
      TableName copy, List<Column> columns, UniqueKey key, List<Identifier> primaryKey, int lanes);

  String addPrimaryKey(TableName table, Identifier name, List<Identifier> columns);

  /** Gives each NOT NULL that the server named after the copy the name that it would have after. */
  String nameNotNulls(TableName copy, TableName after);

  /** Gives an index of a constraint, which cannot say so itself, the parameters of another one. */
  List<String> tuneLike(TableName copy, Identifier like, Identifier index);

  /**
   * Lets a table have the rights, the comment and the column settings that another one has now, and
   * no others.
   */
  List<String> dress(TableName from, TableName to);

  /** Lets a table's identity go on in the same column of another one, under the same name. */
  List<String> moveIdentity(
      TableName from, TableName to, Identifier column, Column.Identity identity);

  /** Lets a sequence belong to a column of another table. */
  String moveSequence(Column.OwnedSequence sequence, TableName to, Identifier column);

  /**
   * Asks whether nothing has come to a table that the other one would not have.
   *
   * @param now the one that applications write
   * @param table as it was planned
   * @param ours an index that it may have besides
   */
  Check nothingCame(TableName now, Table table, Optional<Identifier> ours);

  /**
   * Asks whether columns, checks and owner of a table are those of another one.
   *
   * @param notNull columns of which it does not matter whether they may be NULL
   */
  Check columnsAreAlike(TableName table, TableName copy, List<Identifier> notNull);

  /** Asks whether whatever holds the rows of a copy has the storage parameters of the table. */
  Check parametersAreAlike(TableName table, TableName copy);
}
