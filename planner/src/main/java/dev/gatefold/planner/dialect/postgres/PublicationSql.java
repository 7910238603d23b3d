package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a publication sends of a table. */
final class PublicationSql {

  private PublicationSql() {}

  /**
   * Column list and row filter of one table cannot be changed by themselves; within one transaction
   * a subscriber does not see that the table was not published for an instant.
   */
  static List<String> republish(
      Identifier publication, TableName table, List<Identifier> columns, Optional<String> filter) {
    String alter = "ALTER PUBLICATION " + publication.quoted();
    String list = columns.stream().map(Identifier::quoted).collect(Collectors.joining(", "));
    return List.of(
        alter + " DROP TABLE ONLY " + table.quoted(),
        alter
            + " ADD TABLE ONLY "
            + table.quoted()
            + (columns.isEmpty() ? "" : " (" + list + ")")
            + filter.map(check -> check.replaceFirst("^CHECK", " WHERE")).orElse(""));
  }
}
