package dev.gatefold.backfill.range;

import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.schema.Table.KeyColumn;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The key of a mapping as SQL over the row {@code t}. Immutable and thread-safe. */
public final class KeySql {

  private final String table;
  private final List<KeyColumn> columns;

  public KeySql(RowMapping mapping) {
    if (mapping.key().isEmpty()) {
      throw new IllegalArgumentException("the mapping of " + mapping.table() + " has no key");
    }
    this.table = mapping.table().quoted() + " AS " + RowMapping.ROW;
    this.columns = mapping.key();
  }

  /** How many columns a key has. */
  public int width() {
    return columns.size();
  }

  /** The table with the alias under which every other part sees it. */
  public String table() {
    return table;
  }

  /** The key as texts, one output column for each key column. */
  public String texts() {
    return each(column -> name(column) + "::text");
  }

  public String ascending() {
    return each(KeySql::name);
  }

  public String descending() {
    return each(column -> name(column) + " DESC");
  }

  /** The condition for a row to be in the range; binds {@link KeyRange#parameters}. */
  public String within(KeyRange range) {
    String upTo = compared("<=");
    return range.after().isPresent() ? compared(">") + " AND " + upTo : upTo;
  }

  private String compared(String operator) {
    // A row comparison, not a chain of ORs: only this form becomes one condition on the index.
    return "(%s) %s (%s)"
        .formatted(each(KeySql::name), operator, each(column -> "?::text::" + column.type()));
  }

  private String each(Function<KeyColumn, String> part) {
    return columns.stream().map(part).collect(Collectors.joining(", "));
  }

  private static String name(KeyColumn column) {
    return RowMapping.ROW + "." + column.name().quoted();
  }
}
