package dev.gatefold.planner.fill;

import dev.gatefold.planner.draft.RowSql;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
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
    Optional<String> laterDefault) {}
