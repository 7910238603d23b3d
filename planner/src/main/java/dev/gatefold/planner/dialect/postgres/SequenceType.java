package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/** Another type of the numbers of a sequence, also one that is too narrow for where it stands. */
final class SequenceType {

  private SequenceType() {}

  static List<String> of(TableName sequence, String type) {
    String name = sequence.quoted();
    return List.of(
        """
        SELECT pg_catalog.setval(%1$s::pg_catalog.regclass, %2$d, true)
        FROM %3$s WHERE last_value > %2$d\
        """
            .formatted(Literal.of(name), most(type), name),
        "ALTER SEQUENCE %s AS %s".formatted(name, type));
  }

  private static long most(String type) {
    return switch (type) {
      case "bigint" -> Long.MAX_VALUE;
      case "integer" -> Integer.MAX_VALUE;
      default -> Short.MAX_VALUE;
    };
  }
}
