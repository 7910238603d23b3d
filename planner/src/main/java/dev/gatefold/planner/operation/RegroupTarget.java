package dev.gatefold.planner.operation;

import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.Regroup;
import dev.gatefold.planner.change.Retire;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Schema.Server;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe.RegroupProbe;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Columns that give way to others together, with all that is known about them.
 *
 * @param olds in the order of the operation
 */
record RegroupTarget(
    Regroup operation,
    Server server,
    Table table,
    List<Column> olds,
    RegroupProbe probe,
    BackfillSettings backfill,
    Retire retire) {

  RegroupTarget {
    olds = List.copyOf(olds);
  }

  /** The old columns in the words of messages. */
  String label() {
    return table.name() + "." + names(olds);
  }

  String label(Column old) {
    return table.name() + "." + old.name();
  }

  String label(Regroup.New column) {
    return table.name() + "." + column.column();
  }

  /** Which of the old columns an object reads that reads those with these numbers. */
  List<Column> touched(Set<Integer> attnums) {
    return olds.stream().filter(old -> attnums.contains(old.attnum())).toList();
  }

  static String names(List<Column> columns) {
    return columns.stream()
        .map(column -> column.name().toString())
        .collect(Collectors.joining(", "));
  }
}
