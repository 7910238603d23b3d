package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.Columns;
import dev.gatefold.planner.dialect.FillSpec;
import dev.gatefold.planner.draft.SequenceOptions;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.SyncMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Columns of PostgreSQL 14 and later. */
final class PostgresColumns implements Columns {

  private final FillTriggers triggers = new FillTriggers();

  @Override
  public String add(TableName table, Definition column) {
    return "ALTER TABLE %s ADD COLUMN %s %s%s%s%s"
        .formatted(
            table.quoted(),
            column.name().quoted(),
            column.type(),
            column.defaultValue().map(value -> " DEFAULT " + value).orElse(""),
            column
                .generated()
                .map(
                    generated ->
                        " GENERATED ALWAYS AS (%s) %s"
                            .formatted(
                                generated.expression(), generated.stored() ? "STORED" : "VIRTUAL"))
                .orElse(""),
            column.notNull() ? " NOT NULL" : "");
  }

  @Override
  public String addIdentity(
      TableName table, Identifier column, String type, boolean always, SequenceOptions sequence) {
    return "ALTER TABLE %s ADD COLUMN %s %s GENERATED %s AS IDENTITY%s"
        .formatted(
            table.quoted(),
            column.quoted(),
            type,
            always ? "ALWAYS" : "BY DEFAULT",
            SequenceText.enclosed(sequence));
  }

  @Override
  public List<String> addSerial(TableName table, Identifier column, Numbers numbers) {
    String sequence = numbers.sequence().quoted();
    return List.of(
        "CREATE SEQUENCE %s %s".formatted(sequence, counting(numbers)),
        "ALTER TABLE %s ADD COLUMN %s %s NOT NULL DEFAULT %s"
            .formatted(table.quoted(), column.quoted(), numbers.type(), next(numbers.sequence())),
        OwnSequence.ownedAs(sequence, table),
        OwnSequence.belonging(sequence, table, column),
        SequenceRights.letInsertersDraw(table, numbers.sequence()));
  }

  @Override
  public String retype(TableName table, List<Retyped> columns) {
    return columns.stream()
        .map(
            column ->
                "ALTER COLUMN %s TYPE %s%s"
                    .formatted(
                        column.name().quoted(),
                        column.type(),
                        column.value().map(value -> " USING (" + value + ")").orElse("")))
        .collect(Collectors.joining(", ", "ALTER TABLE " + table.quoted() + " ", ""));
  }

  @Override
  public String comment(TableName table, Identifier column, Optional<String> text) {
    return "COMMENT ON COLUMN %s.%s IS %s"
        .formatted(table.quoted(), column.quoted(), text.map(Literal::of).orElse("NULL"));
  }

  @Override
  public String statistics(TableName table, Identifier column, Optional<Integer> target) {
    // Servers before 17 know no word for it.
    return alter(table, column) + "SET STATISTICS " + target.orElse(-1);
  }

  @Override
  public String storage(TableName table, Identifier column, String mode) {
    return alter(table, column) + "SET STORAGE " + mode;
  }

  @Override
  public String compression(TableName table, Identifier column, Optional<String> method) {
    return alter(table, column) + "SET COMPRESSION " + method.orElse("default");
  }

  @Override
  public List<String> number(TableName table, Identifier column, Numbers numbers) {
    List<String> sql = new ArrayList<>(sequence(table, column, numbers));
    // An identity asks whoever inserts for no right to its sequence.
    sql.add("GRANT USAGE ON SEQUENCE %s TO PUBLIC".formatted(numbers.sequence().quoted()));
    sql.add(draws(table, column, numbers));
    return sql;
  }

  @Override
  public List<String> serial(TableName table, Identifier column, Numbers numbers) {
    List<String> sql = new ArrayList<>(sequence(table, column, numbers));
    sql.add(SequenceRights.letInsertersDraw(table, numbers.sequence()));
    sql.add(draws(table, column, numbers));
    return sql;
  }

  private static List<String> sequence(TableName table, Identifier column, Numbers numbers) {
    return OwnSequence.made(numbers.sequence().quoted(), counting(numbers), table, column);
  }

  private static String counting(Numbers numbers) {
    String options = SequenceText.joined(numbers.options());
    return "AS " + numbers.type() + (options.isEmpty() ? "" : " " + options);
  }

  private String draws(TableName table, Identifier column, Numbers numbers) {
    return alter(table, column) + "SET DEFAULT " + next(numbers.sequence());
  }

  @Override
  public String next(TableName sequence) {
    return "pg_catalog.nextval(%s::pg_catalog.regclass)".formatted(Literal.of(sequence.quoted()));
  }

  @Override
  public List<String> identify(
      TableName table, Identifier column, boolean always, Numbers numbers) {
    List<String> sql = new ArrayList<>();
    sql.add(remember(numbers.sequence().quoted()));
    sql.add(alter(table, column) + "DROP DEFAULT");
    sql.add("DROP SEQUENCE " + numbers.sequence().quoted());
    sql.add(
        alter(table, column)
            + "ADD GENERATED %s AS IDENTITY%s"
                .formatted(
                    always ? "ALWAYS" : "BY DEFAULT", SequenceText.enclosed(numbers.options())));
    sql.add(goOn("pg_catalog.pg_get_serial_sequence(%s, %s)", table, column));
    return sql;
  }

  @Override
  public List<String> numberAgain(TableName table, Identifier column, Numbers numbers) {
    List<String> sql = new ArrayList<>();
    sql.add(
        """
        DO %1$s
        DECLARE position text;
        BEGIN
          EXECUTE 'SELECT last_value || '','' || is_called FROM '
            || pg_catalog.pg_get_serial_sequence(%2$s, %3$s) INTO position;
          PERFORM pg_catalog.set_config('gatefold.position', position, true);
        END
        %1$s\
        """
            .formatted(
                TriggerSql.quoteFor(table.quoted() + column.value()),
                Literal.of(table.quoted()),
                Literal.of(column.value())));
    sql.add(alter(table, column) + "DROP IDENTITY");
    sql.addAll(number(table, column, numbers));
    sql.add(IdentityMove.setPosition(Literal.of(numbers.sequence().quoted())));
    return sql;
  }

  private static String remember(String sequence) {
    return "SELECT pg_catalog.set_config('gatefold.position', last_value || ',' || is_called, true)"
        + " FROM "
        + sequence;
  }

  private static String goOn(String sequence, TableName table, Identifier column) {
    return IdentityMove.setPosition(
        sequence.formatted(Literal.of(table.quoted()), Literal.of(column.value())));
  }

  @Override
  public List<String> createFill(FillSpec fill, SyncMode mode) {
    return triggers.create(fill, mode);
  }

  @Override
  public List<String> dropFill(FillSpec fill) {
    return triggers.drop(fill);
  }

  private static String alter(TableName table, Identifier column) {
    return "ALTER TABLE %s ALTER COLUMN %s ".formatted(table.quoted(), column.quoted());
  }
}
