package dev.gatefold.planner.catalog;

import dev.gatefold.planner.dialect.postgres.SequenceText;
import dev.gatefold.planner.draft.AddedColumn;
import dev.gatefold.planner.draft.NewColumnDraft;
import dev.gatefold.planner.draft.Numbered;
import dev.gatefold.planner.draft.SequenceOptions;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.ObjectName;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.ColumnType;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Adds columns to the stand-ins of their tables, and looks what that cost. */
final class ColumnDrafts {

  private static final String VALUE =
      """
      SELECT a.attnum, a.atthasmissing, pg_get_expr(d.adbin, d.adrelid) AS expression
      FROM pg_attribute a
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = ?::oid AND a.attname = ?
      """;

  private static final String GENERATED_FROM =
      """
      SELECT DISTINCT s.attname
      FROM pg_attrdef g
      JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = g.adrelid
       AND (d.classid, d.objid) IN (('pg_attrdef'::regclass, g.oid), ('pg_class'::regclass, g.adrelid))
      JOIN pg_attribute s ON s.attrelid = d.refobjid AND s.attnum = d.refobjsubid
      WHERE g.adrelid = ?::oid AND g.adnum = ?::int2 AND s.attnum <> g.adnum
        AND (d.classid <> 'pg_class'::regclass OR d.objsubid = g.adnum)
      """;

  private final Session session;
  private final Stage stage;
  private final RowValues values;

  ColumnDrafts(Session session, Stage stage) {
    this.session = session;
    this.stage = stage;
    this.values = new RowValues(session, stage);
  }

  AddedColumn make(NewColumnDraft draft) throws SQLException {
    String table = stage.of(draft.table());
    Optional<Expression> up =
        draft.up().isPresent()
            ? Optional.of(values.parsed(table, draft.up().get()))
            : Optional.empty();
    Set<Identifier> reads = new TreeSet<>();
    if (up.isPresent()) {
      reads.addAll(up.get().reads());
    }
    String type = RowValues.accepted(session.tryOut(() -> WrittenType.read(session, draft.type())));
    long before = file(table);
    session.executeAsAuthor(statement(table, draft, type));
    boolean rewrites = before != file(table);
    if (draft.up().isPresent()) {
      values.requireAssignable(table, draft.name(), draft.up().get());
    }
    requireCounting(table, draft);
    return answer(draft, table, rewrites, up, reads);
  }

  private AddedColumn answer(
      NewColumnDraft draft,
      String table,
      boolean rewrites,
      Optional<Expression> up,
      Set<Identifier> reads)
      throws SQLException {
    long oid = stage.oid(table);
    Value value =
        session.one(
            row ->
                new Value(
                    row.getInt("attnum"),
                    row.getBoolean("atthasmissing"),
                    Optional.ofNullable(row.getString("expression"))),
            VALUE,
            oid,
            draft.name().value());
    ColumnType type =
        Optional.ofNullable(new TypeCatalog(session).read(oid).get(value.attnum())).orElseThrow();
    boolean generated = draft.generated().isPresent();
    if (generated) {
      reads.addAll(
          session.list(
              row -> new Identifier(row.getString(1)), GENERATED_FROM, oid, value.attnum()));
    }
    return new AddedColumn(
        Clone.ddl(type),
        type.kind() == ColumnType.Kind.CONSTRAINED_DOMAIN,
        generated ? Optional.empty() : value.expression(),
        generated ? value.expression() : Optional.empty(),
        rewrites,
        value.filled(),
        up.isPresent() ? Optional.of(RowValues.assigned(type, up.get())) : Optional.empty(),
        reads,
        stage.isEmpty(draft.table()),
        sequence(draft));
  }

  /** The name that the server would choose. */
  private Optional<TableName> sequence(NewColumnDraft draft) throws SQLException {
    if (draft.numbered().filter(Numbered::serial).isEmpty()) {
      return Optional.empty();
    }
    TableName name = sequence(draft, "seq");
    for (int i = 1; isTaken(name); i++) {
      name = sequence(draft, "seq" + i);
    }
    return Optional.of(name);
  }

  private static TableName sequence(NewColumnDraft draft, String kind) {
    return new TableName(draft.table().schema(), ObjectName.of(draft.table(), draft.name(), kind));
  }

  private boolean isTaken(TableName name) throws SQLException {
    return session.one(
        row -> row.getBoolean(1), "SELECT to_regclass(?) IS NOT NULL", name.quoted());
  }

  /** How it shall count, on a column that is taken back as it was. */
  private void requireCounting(String table, NewColumnDraft draft) throws SQLException {
    Optional<SequenceOptions> sequence =
        draft.numbered().map(Numbered::sequence).filter(options -> !options.isEmpty());
    if (sequence.isPresent()) {
      String alter = "ALTER TABLE %s ALTER COLUMN %s ".formatted(table, draft.name().quoted());
      RowValues.accepted(
          session.tryOut(
              () -> {
                session.execute(alter + "SET NOT NULL");
                session.execute(
                    alter
                        + "ADD GENERATED BY DEFAULT AS IDENTITY"
                        + SequenceText.enclosed(sequence.get()));
                return true;
              }));
    }
  }

  private record Value(int attnum, boolean filled, Optional<String> expression) {}

  private static String statement(String table, NewColumnDraft draft, String type) {
    return "ALTER TABLE %s ADD COLUMN %s %s%s%s%s"
        .formatted(
            table,
            draft.name().quoted(),
            type,
            draft.collation().map(collation -> " COLLATE " + collation + "\n").orElse(""),
            draft.defaultValue().map(value -> " DEFAULT " + Expression.enclosed(value)).orElse(""),
            draft
                .generated()
                .map(
                    generated ->
                        " GENERATED ALWAYS AS %s %s"
                            .formatted(
                                Expression.enclosed(generated.expression()),
                                generated.stored() ? "STORED" : "VIRTUAL"))
                .orElse(""));
  }

  private long file(String table) throws SQLException {
    List<Long> file =
        session.list(row -> row.getLong(1), "SELECT pg_relation_filenode(to_regclass(?))", table);
    return file.get(0);
  }
}
