package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.KnownEnum;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Adds a value to an enum.
 *
 * @param place where it stands among the others; empty for the end
 */
public record AddEnumValue(TableName type, String value, Optional<Place> place)
    implements DirectOperation {

  /** Beside another value. */
  public record Place(boolean before, String neighbour) {}

  @Override
  public List<TableName> tables() {
    return List.of();
  }

  @Override
  public List<Draft<?>> drafts() {
    return List.of(new KnownEnum(type));
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.addEnumValue(this);
  }
}
