package dev.gatefold.planner.plan;

import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the planner saw of the tables, and what it could not see. For people: it changes from hour
 * to hour and is no part of what is done.
 *
 * @param unseen one sentence for each thing that nobody looked at
 */
public record Survey(List<Seen> tables, List<String> unseen) {

  /** Of nothing. */
  public static final Survey NONE = new Survey(List.of(), List.of());

  public Survey {
    tables = List.copyOf(tables);
    unseen = List.copyOf(unseen);
  }

  /**
   * One table, or a partitioned one with all its partitions.
   *
   * @param rows the server's estimate; empty where it has none
   * @param bytes on disk, with indexes
   * @param rowsWrittenPerHour on average; empty where the server does not count
   * @param scansPerHour of the table and its indexes, on average; empty where it does not count
   */
  public record Seen(
      TableName table,
      OptionalLong rows,
      long bytes,
      OptionalLong rowsWrittenPerHour,
      OptionalLong scansPerHour) {}
}
