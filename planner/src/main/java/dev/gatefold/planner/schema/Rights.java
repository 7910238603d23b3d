package dev.gatefold.planner.schema;

import java.util.List;

/**
 * Whose a table is, and who may use it.
 *
 * @param owner a quoted role
 * @param grants privileges on the whole table that columns have, too, of others than the owner
 */
public record Rights(String owner, List<Column.Grant> grants) {

  public Rights {
    grants = List.copyOf(grants);
  }
}
