package dev.gatefold.planner.dialect;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;

/** Who sees which rows, and how a row is told to subscribers, as SQL. */
public interface Policies {

  String drop(TableName table, Identifier policy);

  String comment(TableName table, Identifier policy, String text);

  /** Enables, disables or forces, in the words of DDL. */
  String rowSecurity(TableName table, String to);

  /** Names what identifies a row, in the words of DDL. */
  String identifyRows(TableName table, String by);
}
