package dev.gatefold.planner.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.planner.change.Operation.AlterColumn;
import dev.gatefold.planner.change.Operation.DefaultChange;
import dev.gatefold.planner.change.Operation.OnDownFailure;
import dev.gatefold.planner.change.Operation.RenameColumn;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeFileTest {

  @Test
  void theStraightWayIsAskedFor() throws ChangeFileException {
    String file = "{change: x, operations: [{rename_column: {table: t, column: a, to: b}}]%s}";

    assertThat(ChangeFile.read("x", file.formatted("")).way()).isEqualTo(Way.STAGES);
    assertThat(ChangeFile.read("x", file.formatted(", straight: when_small")).way())
        .isEqualTo(Way.STRAIGHT_WHEN_SMALL);
  }

  @Test
  void everyKeyIsRead() throws ChangeFileException {
    Change change =
        ChangeFile.read(
            "x.yaml",
            """
            change: orders-total
            operations:
              - alter_column:
                  table: Sales.orders
                  column: '"Total"'
                  to: total_amount
                  type: numeric(12,2)
                  nullable: false
                  default: "0"
                  up: '"Total" / 100.0'
                  down: (total_amount * 100)::bigint
                  same_meaning: true
                  volatile: accepted
                  on_down_failure: give_up_rollback
              - rename_column: {table: users, column: name, to: full_name}
            sync: trigger
            backfill: {target_batch_time: 1s, max_rows_per_second: 20000, user_triggers: fire,
                       on_bad_row: keep}
            retire: revoke
            """);

    assertThat(change.name().value()).isEqualTo("orders-total");
    AlterColumn alter = (AlterColumn) change.operations().get(0);
    assertThat(alter.table()).isEqualTo(TableName.parse("sales.orders"));
    assertThat(alter.column()).isEqualTo(new Identifier("Total"));
    assertThat(alter.finalName()).isEqualTo(new Identifier("total_amount"));
    assertThat(alter.wanted().type()).contains("numeric(12,2)");
    assertThat(alter.wanted().nullable()).contains(false);
    assertThat(alter.wanted().defaultValue()).contains(new DefaultChange.Set("0"));
    assertThat(alter.mapping())
        .isEqualTo(
            new Operation.Mapping(
                Optional.of("\"Total\" / 100.0"),
                Optional.of("(total_amount * 100)::bigint"),
                true,
                true,
                OnDownFailure.GIVE_UP_ROLLBACK));
    assertThat(change.operations().get(1))
        .isEqualTo(
            new RenameColumn(
                TableName.parse("users"), new Identifier("name"), new Identifier("full_name")));
    assertThat(change.backfill())
        .isEqualTo(
            new BackfillSettings(
                    Duration.ofSeconds(1),
                    OptionalLong.of(20_000),
                    BackfillSettings.UserTriggers.FIRE)
                .withKeepBadRows(true));
    assertThat(change.retire()).isEqualTo(Retire.REVOKE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "retire: rename\n"})
  void theOldColumnIsRenamedWhereNothingElseIsSaid(String retire) throws ChangeFileException {
    assertThat(
            ChangeFile.read(
                    "x.yaml",
                    retire
                        + "change: x\noperations: [{rename_column: {table: t, column: a, to: b}}]")
                .retire())
        .isEqualTo(Retire.RENAME);
  }

  @Test
  void nullAsDefaultMeansNone() throws ChangeFileException {
    Change change =
        ChangeFile.read(
            "x.yaml",
            "change: x\noperations: [{alter_column: {table: t, column: a, default: null}}]");
    assertThat(((AlterColumn) change.operations().get(0)).wanted().defaultValue())
        .contains(new DefaultChange.Drop());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          change: x ! x.yaml, line 1: the key "operations" is missing
          {change: x, operatons: []} ! the key "operations" is missing; there is "operatons", which is unknown
          {change: x, operations: [{rename_column: {table: t, colum: a, to: b}}]} ! the key "column" is missing; there is "colum", which is unknown
          {change: x, operations: 5} ! the key "operations" expects a list
          operations: [] ! x.yaml, line 1: the key "change" is missing
          {change: x, operations: []} ! lists no operation
          {change: Up, operations: []} ! x.yaml, line 1: the key "change": "Up" is not a name for a change
          {change: x, operations: [{drop_everything: {}}]} ! unknown key "drop_everything"; known here: rename_column, alter_column
          {change: x, operations: [{}]} ! wants behind each dash one of rename_column, alter_column
          {change: x, operations: [{alter_column: {table: t, column: a, nullable: maybe}}]} ! the key "nullable" expects true or false
          {change: x, operations: [{alter_column: {table: t, column: a, up: ""}}]} ! the SQL is empty
          {change: x, operations: [{alter_column: {table: a b, column: a}}]} ! write names with blanks
          {change: x, operations: [{rename_column: {table: t, column: a, to: A}}]} ! is the name that the column has
          {change: x, operations: [{rename_column: {table: t, column: a, to: b}}], sync: log} ! use trigger or cdc
          {change: x, operations: [{rename_column: {table: t, column: a, to: b}}], feed: {give_up_at: 5GB}} ! says something of a change feed; add sync: cdc
          {change: x, operations: [{rename_column: {table: t, column: a, to: b}}], sync: cdc, feed: {give_up_at: 1GB}} ! must be above what a slot may keep
          {change: x, operations: [{rename_column: {table: t, column: a, to: b}}], sync: cdc, feed: {give_up: 5GB}} ! unknown key "give_up"; known here: give_up_at
          {change: x, operations: [{rename_column: {table: t, column: a, to: b}}], sync: cdc, feed: {through: rabbits}} ! use kafka
          {change: x, operations: [{rename_column: {table: t, column: a, to: b}}], sync: cdc, feed: {partitions: 4}} ! says something of a topic; add through: kafka
          {change: x, operations: [{rename_column: {table: t, column: a, to: b}}], sync: cdc, feed: {through: kafka, partitions: 65}} ! expects at most 64
          {change: x, operations: [{rename_column: {table: t, column: a, to: b}}], gates: {drop: {soak: 7 days}}} ! x.yaml, line 1 (in gates.drop): the key "soak"
          {change: x, operations: [{rename_column: {table: t, column: a, to: b}}], backfill: {workers: 33}} ! at most 32
          {change: x, operations: [{rename_column: {table: t, column: a, to: b}}], backfill: {window: "01:00-05:00"}} ! the key "window": "01:00-05:00" is not a time such as
          {change: x, operations: [{rename_column: {table: t, column: a, to: b}}], backfill: {target_batch_time: soon}} ! is not a time such as 20ms
          {change: x, operations: [{rename_column: {table: t, column: a, to: b}}], backfill: {max_rows_per_second: -5}} ! is not a whole number above zero
          {change: x, operations: [{rename_column: {table: t, column: a, to: b}}], backfill: {user_triggers: no}} ! use skip or fire
          {change: x, operations: [{rename_column: {table: t, column: a, to: b}}], backfill: {on_bad_row: skip}} ! use stop or keep
          {change: x, operations: [{rename_column: {table: t, column: a, to: b}}], retire: hide} ! use rename or revoke
          {change: x, operations: [{rename_column: {table: t, column: a, to: b}}], straight: always} ! use when_small
          {change: x, operations: [{rename_column: {table: t, column: a, to: b}}], straight: when_small, retire: rename} ! contradicts "straight"
          {change: x, operations: [{rename_column: {table: t, column: a, to: b}}], straight: when_small, backfill: {}} ! contradicts "straight"
          {change: x, change: y, operations: []} ! the key "change" stands twice
          {change: x ! not YAML
          """)
  void whateverIsNotUnderstoodIsAnErrorWithFileAndLine(String yaml, String message) {
    assertThatThrownBy(() -> ChangeFile.read("x.yaml", yaml))
        .isInstanceOf(ChangeFileException.class)
        .hasMessageStartingWith("x.yaml")
        .hasMessageContaining(message);
  }

  @Test
  void anEmptyFileIsNone() {
    assertThatThrownBy(() -> ChangeFile.read("x.yaml", "# nothing\n"))
        .hasMessage("x.yaml: the file is empty");
  }
}
