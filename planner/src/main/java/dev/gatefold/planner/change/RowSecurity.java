package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.Standing;
import dev.gatefold.planner.draft.StandingQuestion;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says whether policies count. */
public record RowSecurity(TableName table, To to) implements DirectOperation {

  /** Whether they count, and whether for the owner too. */
  public enum To {
    ENABLE,
    DISABLE,
    FORCE,
    NO_FORCE;

    /** In the words of DDL. */
    public String sql() {
      return name().replace('_', ' ');
    }

    /** For ids of steps. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What takes it back. */
    public To back() {
      return switch (this) {
        case ENABLE -> DISABLE;
        case DISABLE -> ENABLE;
        case FORCE -> NO_FORCE;
        case NO_FORCE -> FORCE;
      };
    }

    /** Whether a table is so already; a new one has none of it. */
    public boolean isSo(Optional<Standing> standing) {
      boolean enabled = standing.filter(it -> it.rowSecurity().enabled()).isPresent();
      boolean forced = standing.filter(it -> it.rowSecurity().forced()).isPresent();
      return switch (this) {
        case ENABLE -> enabled;
        case DISABLE -> !enabled;
        case FORCE -> forced;
        case NO_FORCE -> !forced;
      };
    }
  }

  @Override
  public List<TableName> tables() {
    return List.of(table);
  }

  @Override
  public List<Draft<?>> drafts() {
    return List.of(new StandingQuestion(table));
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.rowSecurity(this);
  }
}
