package dev.gatefold.planner.straight;

import dev.gatefold.planner.change.AddColumn;
import dev.gatefold.planner.dialect.Columns;
import dev.gatefold.planner.dialect.Columns.Retyped;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.direct.Site;
import dev.gatefold.planner.draft.AddedColumn;
import dev.gatefold.planner.draft.Numbered;
import dev.gatefold.planner.draft.SequenceOptions;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A new column, with the values of the rows that are there and all that is asked of them. */
final class StraightColumn {

  private final Site site;
  private final Dialect dialect;
  private final AddColumn operation;
  private final AddedColumn added;
  private final TableName table;
  private final Identifier name;

  StraightColumn(Site site, AddColumn operation) {
    this.site = site;
    this.dialect = site.dialect();
    this.operation = operation;
    this.added = site.schema().drafts().of(operation.column()).accepted();
    this.table = operation.column().table();
    this.name = operation.column().name();
  }

  List<String> statements() {
    List<String> sql = new ArrayList<>(column());
    operation
        .comment()
        .ifPresent(text -> sql.add(dialect.columns().comment(table, name, Optional.of(text))));
    operation
        .constraints()
        .forEach(constraint -> sql.addAll(new StraightTable(site).add(constraint).there()));
    return sql;
  }

  private List<String> column() {
    Columns columns = dialect.columns();
    SequenceOptions counting =
        operation.column().numbered().map(Numbered::sequence).orElse(SequenceOptions.NONE);
    if (added.sequence().isPresent()) {
      return columns.addSerial(
          table, name, new Columns.Numbers(added.sequence().get(), added.type(), counting));
    }
    if (operation.identity().isPresent()) {
      return List.of(
          columns.addIdentity(
              table,
              name,
              added.type(),
              operation.identity().filter(AddColumn.Identity.ALWAYS::equals).isPresent(),
              counting));
    }
    return added
        .up()
        .map(up -> filled(up.overColumns()))
        .orElseGet(
            () ->
                List.of(
                    columns.add(table, definition(added.defaultValue(), !operation.nullable()))));
  }

  /** The default is for rows to come: those that are there get the other value. */
  private List<String> filled(String up) {
    List<String> sql = new ArrayList<>();
    sql.add(dialect.columns().add(table, definition(Optional.empty(), false)));
    sql.add(
        dialect.columns().retype(table, List.of(new Retyped(name, added.type(), Optional.of(up)))));
    if (!operation.nullable()) {
      sql.add(dialect.setNotNull(table, name));
    }
    if (added.defaultValue().isPresent()) {
      sql.add(dialect.setDefault(table, name, added.defaultValue()));
    }
    return sql;
  }

  private Columns.Definition definition(Optional<String> defaultValue, boolean notNull) {
    return new Columns.Definition(
        name, added.type(), defaultValue, operation.generation(added), notNull);
  }
}
