package dev.gatefold.planner.catalog;

import java.util.List;

/**
 * A mapping that the server has parsed and found fit for its target column.
 *
 * @param attnum the column that it belongs to
 * @param bare whether it is the column itself
 * @param plain whether it is the column itself or a plain cast of it
 * @param steady whether the server would compute it from the row alone
 * @param readsOther the other columns that it reads, under their names in the shape that it reads
 */
record MappingDraft(
    int attnum,
    Conversion conversion,
    Expression expression,
    boolean bare,
    boolean plain,
    boolean steady,
    boolean readsOwn,
    List<String> readsOther) {}
