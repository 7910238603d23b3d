package dev.gatefold.planner.direct;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The indexes of a table that takes another one's place. They are there before its first row: to
 * build them beside the rows would keep whoever follows from writing.
 */
final class RebuildIndexes {

  private final Rebuild rebuild;
  private final Dialect dialect;

  RebuildIndexes(Rebuild rebuild) {
    this.rebuild = rebuild;
    this.dialect = rebuild.work().dialect();
  }

  /** The index by which copies are found, where the primary key does not serve. */
  static Identifier byKey(Rebuild rebuild) {
    return rebuild.work().names().building("key", rebuild.oldPrimaryKey().name());
  }

  List<String> create() {
    TableName table = rebuild.building();
    List<String> sql = new ArrayList<>();
    if (rebuild.needsKeyIndex()) {
      sql.add(
          dialect
              .tables()
              .createIndex(
                  table,
                  byKey(rebuild),
                  false,
                  Rebuild.key(rebuild.table()).orElseThrow().columns().stream()
                      .map(column -> column.name().quoted())
                      .collect(Collectors.joining(", ", "USING btree (", ")"))));
    }
    sql.addAll(carried());
    return sql;
  }

  /** Those that the table has. */
  List<String> carried() {
    return Stream.concat(
            rebuild.table().indexes().stream()
                .flatMap(index -> create(rebuild.building(), index).stream()),
            Stream.of(rebuild.copies().nameNotNulls(rebuild.building(), rebuild.table().name())))
        .toList();
  }

  private List<String> create(TableName table, Index index) {
    Identifier name = building(index);
    Optional<Constraint> constraint = constraint(index);
    List<String> sql = new ArrayList<>();
    if (index.primary() && rebuild.hasOtherKey()) {
      sql.add(rebuild.copies().addPrimaryKey(table, name, rebuild.primaryKey()));
    } else {
      sql.add(
          constraint
              .map(it -> dialect.addConstraint(table, name, it.definition()))
              .orElseGet(
                  () ->
                      dialect
                          .tables()
                          .createIndex(table, name, index.unique(), index.definition())));
    }
    constraint.ifPresent(it -> sql.addAll(rebuild.copies().tuneLike(table, index.name(), name)));
    index.targets().forEach(target -> sql.add(dialect.setIndexTarget(table, name, target)));
    index.comment().ifPresent(text -> sql.add(dialect.commentOnIndex(table, name, text)));
    constraint
        .flatMap(Constraint::comment)
        .ifPresent(text -> sql.add(dialect.commentOnConstraint(table, name, text)));
    return sql;
  }

  private Optional<Constraint> constraint(Index index) {
    return index.constraint().flatMap(rebuild.table()::constraint);
  }

  private Identifier building(Index index) {
    return rebuild.work().names().building("index", index.name());
  }

  private Identifier hidden(Index index) {
    return rebuild.work().names().oldObject("index", index.name());
  }

  /** Gives the names of the old ones to the new ones, once the tables have theirs. */
  List<String> swap() {
    List<String> sql = new ArrayList<>();
    for (Index index : rebuild.table().indexes()) {
      sql.add(dialect.renameIndex(rebuild.hidden(), index.name(), hidden(index)));
      sql.add(dialect.renameIndex(rebuild.table().name(), building(index), index.name()));
    }
    return sql;
  }

  /** The same back. */
  List<String> swapBack() {
    List<String> sql = new ArrayList<>();
    for (Index index : rebuild.table().indexes()) {
      sql.add(dialect.renameIndex(rebuild.building(), index.name(), building(index)));
      sql.add(dialect.renameIndex(rebuild.table().name(), hidden(index), index.name()));
    }
    return sql;
  }
}
