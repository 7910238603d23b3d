package dev.gatefold.planner.dialect;

import dev.gatefold.planner.draft.Generation;
import dev.gatefold.planner.draft.SequenceOptions;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.SyncMode;
import java.util.List;
import java.util.Optional;

/** SQL for columns that come with nothing to give way to them, and for those that go so. */
public interface Columns {

  /** A column as DDL defines it, its type with the collation. */
  record Definition(
      Identifier name,
      String type,
      Optional<String> defaultValue,
      Optional<Generation> generated,
      boolean notNull) {}

  /** Adds a column as it is defined. */
  String add(TableName table, Definition column);

  /** Adds a column that the server numbers, in the rows that are there too. */
  String addIdentity(
      TableName table, Identifier column, String type, boolean always, SequenceOptions sequence);

  /** The same by a default and a sequence, from which all may draw who may insert rows. */
  List<String> addSerial(TableName table, Identifier column, Numbers numbers);

  /**
   * A column that is to hold other values.
   *
   * @param type as DDL writes it, with the collation
   * @param value its value, as SQL over the row as it was; empty for a plain assignment
   */
  record Retyped(Identifier name, String type, Optional<String> value) {}

  /** Gives columns other types or values, in one pass over all rows. Fires no trigger. */
  String retype(TableName table, List<Retyped> columns);

  /** Says what a column is for; empty for nothing. */
  String comment(TableName table, Identifier column, Optional<String> text);

  /** How closely ANALYZE looks at a column; empty for the server's own target. */
  String statistics(TableName table, Identifier column, Optional<Integer> target);

  /** Where long values that are written from now on are kept: metadata only. */
  String storage(TableName table, Identifier column, String mode);

  /** How long values that are written from now on are made shorter: metadata only. */
  String compression(TableName table, Identifier column, Optional<String> method);

  /** The numbers of a new column. */
  record Numbers(TableName sequence, String type, SequenceOptions options) {}

  /**
   * Lets a column take its numbers from a sequence of ours for the time being, which is its
   * default.
   */
  List<String> number(TableName table, Identifier column, Numbers numbers);

  /**
   * Lets a column take its numbers from a sequence of its own, from which all may draw who may
   * insert rows: applications that know nothing of the column do it from now on.
   */
  List<String> serial(TableName table, Identifier column, Numbers numbers);

  /** The next number of a sequence. */
  String next(TableName sequence);

  /** Makes an identity of a column with a sequence of ours, which goes on where that was. */
  List<String> identify(TableName table, Identifier column, boolean always, Numbers numbers);

  /** Makes a column with a sequence of ours again of an identity. */
  List<String> numberAgain(TableName table, Identifier column, Numbers numbers);

  /** Makes or replaces the triggers that fill rows which nobody gave a value. */
  List<String> createFill(FillSpec fill, SyncMode mode);

  List<String> dropFill(FillSpec fill);
}
