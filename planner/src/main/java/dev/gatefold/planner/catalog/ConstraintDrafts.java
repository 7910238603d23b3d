package dev.gatefold.planner.catalog;

import dev.gatefold.planner.draft.ConstraintBody.ForeignKey;
import dev.gatefold.planner.draft.ConstraintDraft;
import dev.gatefold.planner.draft.Printed;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Makes constraints on the stand-ins of their tables. */
final class ConstraintDrafts {

  private static final String MADE =
      """
      SELECT c.oid FROM pg_constraint c WHERE c.conrelid = ?::oid AND c.conname = ?
      """;

  private static final String REFERENCED =
      """
      SELECT a.attname
      FROM pg_constraint c
      CROSS JOIN unnest(c.confkey) WITH ORDINALITY AS k (attnum, place)
      JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.attnum
      WHERE c.conrelid = ?::oid AND c.conname = ?
      ORDER BY k.place
      """;

  private final Session session;
  private final Stage stage;

  ConstraintDrafts(Session session, Stage stage) {
    this.session = session;
    this.stage = stage;
  }

  Printed make(ConstraintDraft draft) throws SQLException {
    String table = stage.of(draft.table());
    Optional<ForeignKey> key =
        draft.body() instanceof ForeignKey foreign ? Optional.of(foreign) : Optional.empty();
    String definition =
        key.isPresent()
            ? ConstraintText.of(key.get(), stage.of(key.get().referenced()), List.of())
            : ConstraintText.of(draft.body());
    Identifier free = stage.free();
    session.executeAsAuthor(
        "ALTER TABLE %s ADD CONSTRAINT %s %s".formatted(table, free.quoted(), definition));
    long oid = stage.oid(table);
    String name = free.value();
    return new Printed(
        key.isPresent()
            ? printed(key.get(), oid, name)
            : Optional.ofNullable(new ObjectTexts(session).constraints(oid).get(name))
                .orElseThrow(
                    () ->
                        new SQLException(
                            "its definition cannot be read back", Rejections.NOT_SUPPORTED)),
        stage.reads(
            table, "pg_constraint", session.one(row -> row.getLong("oid"), MADE, oid, name)));
  }

  /** With the real table's name, and with the columns that an author may leave out. */
  private String printed(ForeignKey key, long oid, String name) throws SQLException {
    List<Identifier> columns =
        session.list(row -> new Identifier(row.getString(1)), REFERENCED, oid, name);
    TableName referenced = key.referenced();
    return ConstraintText.of(key, referenced.quoted(), columns);
  }
}
