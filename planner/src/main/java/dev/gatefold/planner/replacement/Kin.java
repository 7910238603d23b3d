package dev.gatefold.planner.replacement;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.IncomingForeignKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What else of a change a table has foreign keys with. A foreign key both of whose ends give way is
 * the work of the table that it refers to, whose steps come after those of the one that refers.
 *
 * @param before the tables whose steps come before
 * @param keys the table's own foreign keys that are the work of others
 */
public record Kin(List<TableReplacement> before, Set<Identifier> keys) {

  /** Of a table that the change leaves alone with its columns. */
  public static final Kin NONE = new Kin(List.of(), Set.of());

  private static final Pattern REFERRING =
      Pattern.compile("^FOREIGN KEY \\((?:\"(?:[^\"]|\"\")*\"|[^\")])*\\)");

  public Kin {
    before = List.copyOf(before);
    keys = Set.copyOf(keys);
  }

  /** A foreign key to this table with those columns that refer under the names of some time. */
  String referring(
      IncomingForeignKey key,
      String definition,
      BiFunction<TableReplacement, ColumnReplacement, Identifier> names) {
    Optional<TableReplacement> child = replaced(key.child());
    if (child.isEmpty()) {
      return definition;
    }
    String columns =
        key.childColumns().stream()
            .map(
                column ->
                    child.get().columns().stream()
                        .filter(replaced -> replaced.old().name().equals(column))
                        .findFirst()
                        .map(replaced -> names.apply(child.get(), replaced))
                        .orElse(column)
                        .quoted())
            .collect(Collectors.joining(", ", "FOREIGN KEY (", ")"));
    return REFERRING.matcher(definition).replaceFirst(Matcher.quoteReplacement(columns));
  }

  private Optional<TableReplacement> replaced(TableName child) {
    return before.stream().filter(table -> table.name().equals(child)).findFirst();
  }
}
