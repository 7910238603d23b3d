package dev.gatefold.planner.replacement;

import dev.gatefold.planner.change.ColumnTraits;
import dev.gatefold.planner.change.ColumnTraits.Compression;
import dev.gatefold.planner.change.ColumnTraits.Storage;
import dev.gatefold.planner.dialect.Columns;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a new column has otherwise than the old one: it is not carried over, but made. */
final class NewTraits {

  private final ColumnTraits wanted;

  NewTraits(ColumnTraits wanted) {
    this.wanted = wanted;
  }

  /** The old column with what is to be carried of it. */
  Column carried(Column old) {
    Column.Settings settings = old.settings();
    return new Column(
        old.name(),
        old.attnum(),
        old.type(),
        old.notNull(),
        old.defaultValue(),
        old.identity(),
        old.generated(),
        wanted.comment().isPresent() ? Optional.empty() : old.comment(),
        old.grants(),
        new Column.Settings(
            wanted.statistics().isPresent() ? Optional.empty() : settings.statistics(),
            settings.options(),
            wanted.storage().isPresent() ? Optional.empty() : settings.storage(),
            settings.ownStorage(),
            wanted.compression().isPresent() ? Optional.empty() : settings.compression()));
  }

  /** A new column has nothing yet that would have to be taken away. */
  List<String> made(Columns columns, TableName table, Identifier name) {
    List<String> sql = new ArrayList<>();
    wanted
        .comment()
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> sql.add(columns.comment(table, name, Optional.of(text))));
    wanted
        .statistics()
        .filter(target -> target >= 0)
        .ifPresent(target -> sql.add(columns.statistics(table, name, Optional.of(target))));
    wanted
        .storage()
        .filter(mode -> mode != Storage.DEFAULT)
        .ifPresent(mode -> sql.add(columns.storage(table, name, mode.name())));
    wanted
        .compression()
        .flatMap(Compression::method)
        .ifPresent(method -> sql.add(columns.compression(table, name, Optional.of(method))));
    return sql;
  }
}
