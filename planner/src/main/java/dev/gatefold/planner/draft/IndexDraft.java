package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An index as its author wrote it.
 *
 * @param method the access method; empty for the server's default
 * @param keys columns or expressions in parentheses, each with what follows it: collation, operator
 *     class, order
 * @param options storage parameters
 * @param where the condition of a partial index
 */
public record IndexDraft(
    TableName table,
    Identifier name,
    boolean unique,
    Optional<Identifier> method,
    List<String> keys,
    List<Identifier> include,
    boolean nullsNotDistinct,
    Map<Identifier, String> options,
    Optional<String> where)
    implements Draft<Printed> {

  public IndexDraft {
    keys = List.copyOf(keys);
    include = List.copyOf(include);
  }

  @Override
  public String label() {
    return table + "." + name;
  }

  @Override
  public List<String> texts() {
    return Stream.of(keys.stream(), options.values().stream(), where.stream())
        .flatMap(texts -> texts)
        .toList();
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.index(this);
  }
}
