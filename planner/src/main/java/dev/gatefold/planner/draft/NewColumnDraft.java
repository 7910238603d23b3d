package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A column to add, as its author wrote it.
 *
 * @param up SQL over the row, for rows that nobody gives a value
 * @param numbered how the server numbers the rows, if it does
 */
public record NewColumnDraft(
    TableName table,
    Identifier name,
    String type,
    Optional<String> collation,
    Optional<String> defaultValue,
    Optional<Generation> generated,
    Optional<String> up,
    Optional<Numbered> numbered)
    implements Draft<AddedColumn> {

  @Override
  public String label() {
    return table + "." + name;
  }

  @Override
  public List<String> texts() {
    return Stream.of(
            Stream.of(type),
            collation.stream(),
            defaultValue.stream(),
            generated.stream().map(Generation::expression),
            up.stream())
        .flatMap(texts -> texts)
        .toList();
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.newColumn(this);
  }
}
