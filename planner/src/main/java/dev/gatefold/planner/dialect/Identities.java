package dev.gatefold.planner.dialect;

import dev.gatefold.planner.draft.SequenceOptions;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.schema.Column;
import java.util.List;

/** SQL for the numbers that the server gives to rows in a column that is there. */
public interface Identities {

  /** Numbers rows that come with no number of their own: metadata only. */
  String add(TableName table, Identifier column, SequenceOptions sequence);

  String drop(TableName table, Identifier column);

  /** Whether an application may write a number of its own: metadata only. */
  String allow(TableName table, Identifier column, boolean always);

  /** Lets the sequence count otherwise; what the options leave open stays. */
  String count(TableName table, Identifier column, SequenceOptions sequence);

  /** Lets the sequence count as it did, with the bounds of its type where the options have none. */
  String countAgain(TableName table, Identifier column, SequenceOptions sequence);

  /**
   * Goes on after the last number in the table, never back. It reads the rows, so it is to run
   * beside traffic.
   */
  String goOnAfterLast(TableName table, Identifier column);

  /** Asks whether the next number comes after the last one in the table. */
  Check goesOnAfterLast(TableName table, Identifier column);

  /** Makes an identity of a default that draws from a sequence of the column's own. */
  List<String> adopt(
      TableName table, Identifier column, Column.OwnedSequence owned, SequenceOptions sequence);

  /** Makes a default and a sequence of the column's own again of such an identity. */
  List<String> release(TableName table, Identifier column, Column.Default before);

  /** Ends an identity; a sequence of ours keeps what is to be known of its own. */
  List<String> park(
      TableName table, Identifier column, Column.Identity identity, Identifier parked);

  /** Makes the identity again, which allows numbers of the applications' own. */
  List<String> unpark(
      TableName table, Identifier column, Column.Identity identity, Identifier parked);

  /** Forgets what was kept. */
  String dropParked(TableName table, Identifier parked);
}
