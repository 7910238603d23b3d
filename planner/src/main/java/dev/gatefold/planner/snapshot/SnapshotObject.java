package dev.gatefold.planner.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * One object of a schema. Roles and schemas are needed by everything and stand in no list of needs.
 *
 * @param kind such as {@code table} or {@code foreign key}
 * @param identity its name as SQL writes it, with its schema, arguments or table
 * @param of the key of the relation that it belongs to, which it also needs
 * @param needs keys of the other objects that have to be there before it
 * @param sql statements that make it, with its owner, rights and comments, in order
 */
public record SnapshotObject(
    String kind, String identity, Optional<String> of, List<String> needs, List<String> sql) {

  public SnapshotObject {
    needs = List.copyOf(needs);
    sql = List.copyOf(sql);
  }

  /** What other objects call it; no two of a snapshot have the same. */
  public String key() {
    return kind + " " + identity;
  }
}
