package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.FillSpec;
import dev.gatefold.planner.draft.RowSql;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.RowMapping;
import java.util.Optional;

/**
 * A new column to fill in rows that nobody gave a value.
 *
 * @param value what such a row gets
 * @param required whether a row without a value is wrong even where {@code value} has none for it
 * @param lasting whether applications that do not know the column lean on it until {@code retire}
 * @param laterDefault the default that the column gets once they are gone
 */
public record Fill(
    TableName table,
    Identifier column,
    RowSql value,
    boolean required,
    boolean lasting,
    Optional<String> laterDefault) {

  /** For the triggers. */
  public FillSpec.Filled filled() {
    return new FillSpec.Filled(column, value);
  }

  /** For the rows that are there. A row is right once it has a value: which, nobody asks. */
  public RowMapping.ColumnMapping rows() {
    return mapping(value.over(RowMapping.ROW));
  }

  /** The same among other columns, for whose sake a batch may write a row that has its value. */
  public RowMapping.ColumnMapping rowsAmongOthers() {
    return mapping(
        "CASE WHEN %1$s IS NULL THEN %2$s ELSE %1$s END"
            .formatted(present(), value.over(RowMapping.ROW)));
  }

  private RowMapping.ColumnMapping mapping(String up) {
    String there = present() + " IS NOT NULL";
    String right = required ? there : there + " OR (" + value.over(RowMapping.ROW) + ") IS NULL";
    return new RowMapping.ColumnMapping(column, column, up, right, right);
  }

  private String present() {
    return RowMapping.ROW + "." + column.quoted();
  }
}
