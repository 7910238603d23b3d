package dev.gatefold.planner.replacement;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.Column;
import java.util.List;
import java.util.function.Function;

/** Publications that name a changed column, inside the swap and back. */
final class Republication {

  private final TableReplacement replacement;

  Republication(TableReplacement replacement) {
    this.replacement = replacement;
  }

  /** Once the new columns have their final names. */
  List<String> toNew() {
    return republish(ColumnReplacement::finalName);
  }

  /** Once the old columns have their names back. */
  List<String> toOld() {
    return republish(column -> column.old().name());
  }

  private List<String> republish(Function<ColumnReplacement, Identifier> names) {
    return replacement.carried().publications().stream()
        .flatMap(
            carried ->
                replacement
                    .dialect()
                    .republish(
                        carried.publication().name(),
                        replacement.name(),
                        carried.publication().list().stream()
                            .map(attnum -> name(attnum, names))
                            .toList(),
                        carried.filter().map(filter -> filter.with(n -> name(n, names).quoted())))
                    .stream())
        .toList();
  }

  private Identifier name(int attnum, Function<ColumnReplacement, Identifier> names) {
    return replacement.columns().stream()
        .filter(column -> column.old().attnum() == attnum)
        .findFirst()
        .map(names)
        .orElseGet(() -> unchanged(attnum));
  }

  private Identifier unchanged(int attnum) {
    return replacement.table().columns().stream()
        .filter(column -> column.attnum() == attnum)
        .map(Column::name)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no column number " + attnum));
  }
}
