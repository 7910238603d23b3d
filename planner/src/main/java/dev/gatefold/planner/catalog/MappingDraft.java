package dev.gatefold.planner.catalog;

import dev.gatefold.planner.schema.ColumnType;
import java.util.List;

/**
 * A mapping that the server has parsed and found fit for its target column.
 *
 * @param attnum the column that it belongs to
 * @param to the type that its value is stored in
 * @param unconverted whether it is the column itself, under the same type
 * @param plain whether it is the column itself or a plain cast of it
 * @param widens whether it is plain and no value can make it fail
 * @param ofLabels whether it is plain and between an enum and a string
 * @param steady whether the server would compute it from the row alone
 * @param readsOther the other columns that it reads, under their names in the shape that it reads
 */
record MappingDraft(
    int attnum,
    ColumnType to,
    Expression expression,
    boolean unconverted,
    boolean plain,
    boolean widens,
    boolean ofLabels,
    boolean steady,
    boolean readsOwn,
    List<String> readsOther) {}
