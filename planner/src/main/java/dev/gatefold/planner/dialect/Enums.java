package dev.gatefold.planner.dialect;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import java.util.List;

/** What a plan does to enums. None of it locks a table. */
public interface Enums {

  String create(TableName type, List<String> values);

  String drop(TableName type);

  /** Gives owner, privileges and comment of one to another. */
  String carry(TableName from, TableName to);

  String rename(TableName type, Identifier to);

  /** Adds a value at the end. The transaction that adds it cannot use it. */
  String addValue(TableName type, String value);

  /** Adds a value beside another one. */
  String addValue(TableName type, String value, boolean before, String neighbour);

  String renameValue(TableName type, String from, String to);

  /** Asks whether a name still means the type that the plan was made for. */
  Check typeIs(TableName type, long oid);
}
