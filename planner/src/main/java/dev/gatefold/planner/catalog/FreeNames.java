package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.TableName;
import java.sql.SQLException;
import java.util.Optional;

/** Temporary tables stand in nobody's way: what the real one will meet is asked for. */
final class FreeNames {

  private static final String IN_THE_WAY =
      """
      SELECT CASE WHEN n.oid IS NULL THEN format('there is no schema %1$I', w.schema)
                  WHEN NOT has_schema_privilege(n.oid, 'CREATE')
                  THEN format('role %I may not make anything in the schema %I', current_user, w.schema)
                  WHEN EXISTS (SELECT FROM pg_class c
                               WHERE c.relnamespace = n.oid AND c.relname = w.name)
                  THEN format('there is a relation %I.%I already', w.schema, w.name)
                  WHEN EXISTS (SELECT FROM pg_type t
                               WHERE t.typnamespace = n.oid AND t.typname = w.name
                                 AND t.typcategory <> 'A')
                  THEN format('there is a type %I.%I already', w.schema, w.name) END
      FROM (VALUES (?, ?)) AS w (schema, name)
      LEFT JOIN pg_namespace n ON n.nspname = w.schema
      """;

  private final Session session;

  FreeNames(Session session) {
    this.session = session;
  }

  /** Answers true. */
  boolean require(TableName name) throws SQLException {
    Optional<String> obstacle =
        session.one(
            row -> Optional.ofNullable(row.getString(1)),
            IN_THE_WAY,
            name.schema().value(),
            name.name().value());
    if (obstacle.isPresent()) {
      throw new SQLException(obstacle.get(), Rejections.RESERVED_NAME);
    }
    return true;
  }
}
