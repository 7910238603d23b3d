package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.Identifier;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A column as its author wrote it.
 *
 * @param generated the expression that the server computes and stores
 * @param check a condition on the column that gets its name from the server
 */
public record ColumnDraft(
    Identifier name,
    String type,
    boolean nullable,
    Optional<String> defaultValue,
    Optional<String> generated,
    Optional<Identity> identity,
    Optional<String> collation,
    Optional<String> check,
    Optional<String> comment) {

  /** Who numbers the rows: always the server, or only where the application does not. */
  public enum Identity {
    ALWAYS,
    BY_DEFAULT;

    /** In the words of DDL. */
    public String sql() {
      return name().replace('_', ' ');
    }
  }

  Stream<String> texts() {
    return Stream.of(
            Stream.of(type),
            defaultValue.stream(),
            generated.stream(),
            collation.stream(),
            check.stream())
        .flatMap(texts -> texts);
  }
}
