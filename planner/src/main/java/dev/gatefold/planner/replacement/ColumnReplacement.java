package dev.gatefold.planner.replacement;

import dev.gatefold.planner.change.ColumnTraits;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.TableProbe.MappingProbe;
import java.util.Optional;

/**
 * One column that gives way to another.
 *
 * @param old the column as it is
 * @param finalName the name that the new one has in the end
 * @param notNull whether the new one refuses NULL in the end
 * @param defaultValue the default that the new one has in the end
 * @param traits what the new one has otherwise than the old one, beside its values
 * @param giveUpRollback whether, after retire, a value that the old one cannot hold is let through
 */
public record ColumnReplacement(
    Column old,
    Identifier finalName,
    ColumnType type,
    boolean notNull,
    Optional<String> defaultValue,
    ColumnTraits traits,
    MappingProbe up,
    MappingProbe down,
    boolean giveUpRollback) {

  /** Whether applications find the new column under the old name. */
  public boolean keepsName() {
    return old.name().equals(finalName);
  }

  /** Whether both columns hold the very same values, so that what one refuses the other does. */
  boolean sameValues() {
    return sameType() && up.plain() && down.plain();
  }

  boolean sameType() {
    return old.type().sql().equals(type.sql());
  }
}
