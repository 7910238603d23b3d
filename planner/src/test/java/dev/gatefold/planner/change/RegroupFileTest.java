package dev.gatefold.planner.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.planner.change.Operation.DefaultChange;
import dev.gatefold.planner.change.Operation.OnDownFailure;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Splits and merges as they stand in a file. */
class RegroupFileTest {

  @Test
  void aSplitIsRead() throws ChangeFileException {
    assertThat(
            operation(
                """
                split_column:
                  table: users
                  column: full_name
                  into:
                    - {column: first_name, type: text, nullable: false, default: "''", up: "left(full_name, 1)"}
                    - {column: '"Last"', type: varchar(20), default: null, up: "substr(full_name, 2)"}
                  down: first_name || "Last"
                  volatile: accepted
                  on_down_failure: give_up_rollback
                """))
        .isEqualTo(
            new Regroup(
                "split",
                TableName.parse("users"),
                List.of(new Regroup.Old(new Identifier("full_name"), "first_name || \"Last\"")),
                List.of(
                    new Regroup.New(
                        new Identifier("first_name"),
                        "text",
                        false,
                        Optional.of(new DefaultChange.Set("''")),
                        "left(full_name, 1)"),
                    new Regroup.New(
                        new Identifier("Last"),
                        "varchar(20)",
                        true,
                        Optional.of(new DefaultChange.Drop()),
                        "substr(full_name, 2)")),
                true,
                OnDownFailure.GIVE_UP_ROLLBACK));
  }

  @Test
  void aMergeIsReadWhateverTheOrderOfItsWaysBack() throws ChangeFileException {
    assertThat(
            operation(
                """
                merge_columns:
                  table: places
                  columns: [x, '"Y"']
                  into: {column: place, type: point, up: "point(x, \\"Y\\")"}
                  down: {'"Y"': "place[1]", X: "place[0]"}
                """))
        .isEqualTo(
            new Regroup(
                "merge",
                TableName.parse("places"),
                List.of(
                    new Regroup.Old(new Identifier("x"), "place[0]"),
                    new Regroup.Old(new Identifier("Y"), "place[1]")),
                List.of(
                    new Regroup.New(
                        new Identifier("place"),
                        "point",
                        true,
                        Optional.empty(),
                        "point(x, \"Y\")")),
                false,
                OnDownFailure.REFUSE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          {split_column: {table: t, column: a, into: [{column: b, type: text, up: a}], down: b}} ! the key "into" wants two columns or more
          {split_column: {table: t, column: a, into: [{column: b, type: text, up: a}, {column: B, type: text, up: a}], down: b}} ! the key "into" makes two columns b
          {split_column: {table: t, column: a, into: [{column: b, type: text, up: a}, {column: c, type: text}], down: b}} ! (in operations.split_column.into): the key "up" is missing
          {split_column: {table: t, column: a, into: [{column: b, type: text, up: a}, {column: c, type: text, up: a, to: d}], down: b}} ! unknown key "to"; known here: column, type, nullable, default, up
          {split_column: {table: t, column: a, into: {column: b}, down: b}} ! the key "into" expects a list
          {split_column: {table: t, column: a, into: [{column: b, type: text, up: a}, {column: c, type: text, up: a}]}} ! the key "down" is missing
          {merge_columns: {table: t, columns: [a], into: {column: c, type: text, up: a}, down: {a: c}}} ! the key "columns" wants two columns or more, each once
          {merge_columns: {table: t, columns: [a, A], into: {column: c, type: text, up: a}, down: {a: c}}} ! the key "columns" wants two columns or more, each once
          {merge_columns: {table: t, into: {column: c, type: text, up: a}, down: {a: c}}} ! the key "columns" wants two columns or more, each once
          {merge_columns: {table: t, columns: [a, b], down: {a: c}}} ! the key "into" is missing
          {merge_columns: {table: t, columns: [a, b], into: {column: c, type: text, up: a}}} ! the key "down" is missing
          {merge_columns: {table: t, columns: [a, b], into: {column: c, type: text, up: a}, down: {a: c}}} ! the key "b" is missing: SQL over the new column
          {merge_columns: {table: t, columns: [a, b], into: {column: c, type: text, up: a}, down: {a: c, b: c, d: c}}} ! the key "d" is none of the columns to merge
          {merge_columns: {table: t, columns: [a, b], into: {column: c, type: text, up: a}, down: {a: c, b: ""}}} ! the SQL is empty
          {merge_columns: {table: t, columns: [a, b], into: {column: c, type: text, up: a}, down: {a: c, A: c}}} ! names a column a second time
          {merge_columns: {table: t, columns: [a, b], into: {column: c, type: text, up: a}, down: {a: c, b c: c}}} ! the key "b c" is no name
          {merge_columns: {table: t, columns: [a, b], into: {column: c, type: text, up: a}, down: c}} ! expects keys and values
          {merge_columns: {table: t, columns: [a, b], into: {column: c, type: text, up: a}, down: {a: [c], b: c}}} ! the key "a" expects text
          """)
  void whateverIsNotUnderstoodIsAnErrorWithFileAndLine(String operation, String message) {
    assertThatThrownBy(() -> operation(operation))
        .isInstanceOf(ChangeFileException.class)
        .hasMessageStartingWith("x.yaml, line ")
        .hasMessageContaining(message);
  }

  private static Operation operation(String yaml) throws ChangeFileException {
    String file = "change: x\noperations:\n  - " + yaml.strip().replace("\n", "\n    ");
    return ChangeFile.read("x.yaml", file).operations().get(0);
  }
}
