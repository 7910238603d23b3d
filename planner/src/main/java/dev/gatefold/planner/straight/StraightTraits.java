package dev.gatefold.planner.straight;

import dev.gatefold.planner.change.AddColumn.Identity;
import dev.gatefold.planner.change.ColumnTraits;
import dev.gatefold.planner.change.ColumnTraits.Compression;
import dev.gatefold.planner.change.ColumnTraits.Storage;
import dev.gatefold.planner.change.Numbering;
import dev.gatefold.planner.dialect.Columns;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.Identities;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a column is to have beside its values, once it has its name and its type. */
final class StraightTraits {

  private final Dialect dialect;
  private final AlteredColumn altered;
  private final ColumnTraits wanted;
  private final TableName table;
  private final Identifier name;

  StraightTraits(Dialect dialect, AlteredColumn altered) {
    this.dialect = dialect;
    this.altered = altered;
    this.wanted = altered.operation().wanted().traits();
    this.table = altered.name();
    this.name = altered.finalName();
  }

  List<String> statements() {
    List<String> sql = new ArrayList<>(settings());
    wanted
        .numbering()
        .ifPresent(
            numbering ->
                sql.addAll(
                    numbering instanceof Numbering.Counting counting
                        ? counting(counting)
                        : List.of(dialect.identities().drop(table, name))));
    return sql;
  }

  private List<String> settings() {
    Columns columns = dialect.columns();
    List<String> sql = new ArrayList<>();
    wanted
        .comment()
        .map(text -> Optional.of(text).filter(it -> !it.isEmpty()))
        .ifPresent(text -> sql.add(columns.comment(table, name, text)));
    wanted
        .statistics()
        .map(target -> Optional.of(target).filter(number -> number >= 0))
        .ifPresent(target -> sql.add(columns.statistics(table, name, target)));
    storage().ifPresent(mode -> sql.add(columns.storage(table, name, mode)));
    sql.addAll(compression());
    return sql;
  }

  /** The server has gone back to the type's own where it wrote the values anew. */
  private Optional<String> storage() {
    Column.Settings old = altered.column().settings();
    Optional<String> wish =
        wanted
            .storage()
            .filter(mode -> mode != Storage.DEFAULT || !altered.retyped())
            .map(mode -> mode == Storage.DEFAULT ? old.ownStorage() : mode.name());
    return wanted.storage().isEmpty() && altered.keepsType() ? old.storage() : wish;
  }

  private List<String> compression() {
    Stream<Optional<String>> methods =
        altered.keepsType() && wanted.compression().isEmpty()
            ? altered.column().settings().compression().stream().map(Optional::of)
            : wanted.compression().stream().map(Compression::method);
    return methods.map(method -> dialect.columns().compression(table, name, method)).toList();
  }

  private List<String> counting(Numbering.Counting counting) {
    Identities identities = dialect.identities();
    List<String> sql = new ArrayList<>();
    if (altered.becomesIdentity()) {
      sql.addAll(made(counting));
      sql.add(identities.goOnAfterLast(table, name));
      if (counting.kind().filter(Identity.ALWAYS::equals).isPresent()) {
        sql.add(identities.allow(table, name, true));
      }
      return sql;
    }
    counting
        .kind()
        .ifPresent(kind -> sql.add(identities.allow(table, name, kind == Identity.ALWAYS)));
    if (!counting.sequence().isEmpty()) {
      sql.add(identities.count(table, name, counting.sequence()));
    }
    return sql;
  }

  private List<String> made(Numbering.Counting counting) {
    Optional<Column.Default> before = altered.column().defaultValue();
    Optional<Column.OwnedSequence> owned = before.flatMap(Column.Default::ownedSequence);
    if (owned.isPresent()) {
      return dialect.identities().adopt(table, name, owned.get(), counting.sequence());
    }
    List<String> sql = new ArrayList<>();
    if (before.isPresent()) {
      sql.add(dialect.setDefault(table, name, Optional.empty()));
    }
    sql.add(dialect.identities().add(table, name, counting.sequence()));
    return sql;
  }
}
