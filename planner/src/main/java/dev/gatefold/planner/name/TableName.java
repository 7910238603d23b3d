package dev.gatefold.planner.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/** A table by schema and name. Immutable and thread-safe. */
public record TableName(Identifier schema, Identifier name) implements Comparable<TableName> {

  private static final Identifier PUBLIC = new Identifier("public");

  @JsonCreator
  public TableName(
      @JsonProperty("schema") Identifier schema, @JsonProperty("name") Identifier name) {
    this.schema = schema;
    this.name = name;
  }

  /**
   * Reads {@code orders}, {@code sales.orders} or {@code sales."Order Item"}; the schema defaults
   * to {@code public}.
   *
   * @throws IllegalArgumentException with a sentence for the author of the text
   */
  public static TableName parse(String sql) {
    NameScanner scanner = new NameScanner(sql);
    Identifier first = scanner.next();
    TableName name =
        scanner.dot() ? new TableName(first, scanner.next()) : new TableName(PUBLIC, first);
    scanner.end();
    return name;
  }

  /** The name for SQL text, with its schema: it does not depend on any search path. */
  public String quoted() {
    return schema.quoted() + "." + name.quoted();
  }

  @Override
  public int compareTo(TableName other) {
    int bySchema = schema.compareTo(other.schema);
    return bySchema != 0 ? bySchema : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return schema + "." + name;
  }
}
