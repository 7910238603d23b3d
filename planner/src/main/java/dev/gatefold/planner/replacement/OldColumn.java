package dev.gatefold.planner.replacement;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.TableProbe.MappingProbe;

/**
 * A column that goes.
 *
 * @param column the column as it is
 * @param down its value, from the new columns of its group
 */
public record OldColumn(Column column, MappingProbe down) {

  public int attnum() {
    return column.attnum();
  }

  public Identifier name() {
    return column.name();
  }
}
