package dev.gatefold.planner.catalog;

import dev.gatefold.planner.draft.IndexDraft;
import dev.gatefold.planner.draft.Printed;
import dev.gatefold.planner.name.Identifier;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;

/** Builds indexes on the stand-ins of their tables. */
final class IndexDrafts {

  private final Session session;
  private final Stage stage;

  IndexDrafts(Session session, Stage stage) {
    this.session = session;
    this.stage = stage;
  }

  Printed make(IndexDraft draft) throws SQLException {
    String table = stage.of(draft.table());
    Identifier name = stage.free();
    session.executeAsAuthor(create(draft, table, name));
    String definition =
        Optional.ofNullable(new ObjectTexts(session).indexes(stage.oid(table)).get(name.value()))
            .orElseThrow(
                () ->
                    new SQLException(
                        "its definition cannot be read back", Rejections.NOT_SUPPORTED));
    return new Printed(
        definition, stage.reads(table, "pg_class", stage.oid("pg_temp." + name.quoted())));
  }

  private static String create(IndexDraft draft, String table, Identifier name) {
    return "CREATE %sINDEX %s ON %s%s (%s)"
            .formatted(
                draft.unique() ? "UNIQUE " : "",
                name.quoted(),
                table,
                draft.method().map(method -> " USING " + method.quoted()).orElse(""),
                String.join("\n, ", draft.keys()) + "\n")
        + (draft.include().isEmpty()
            ? ""
            : draft.include().stream()
                .map(Identifier::quoted)
                .collect(Collectors.joining(", ", " INCLUDE (", ")")))
        + (draft.nullsNotDistinct() ? " NULLS NOT DISTINCT" : "")
        + (draft.options().isEmpty()
            ? ""
            : draft.options().entrySet().stream()
                .map(option -> option.getKey().quoted() + " = " + option.getValue() + "\n")
                .collect(Collectors.joining(", ", " WITH (", ")")))
        + draft.where().map(where -> " WHERE (" + where + "\n)").orElse("");
  }
}
