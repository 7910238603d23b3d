package dev.gatefold.planner.operation;

import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.BackfillSettings.UserTriggers;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.Trigger;
import dev.gatefold.planner.schema.Trigger.Enabled;
import dev.gatefold.planner.schema.Trigger.Event;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether users' triggers fire when a backfill writes a row is for its author to say, wherever it
 * makes a difference: by this one rule in changes and in backfills of their own, in plans and at
 * gates.
 */
public final class TriggerChoice {

  private static final String GRANT = "GRANT SET ON PARAMETER session_replication_role";

  private final TableName table;
  private final List<Trigger> concerned;

  /**
   * Of one table.
   *
   * @param triggers all of the table's and of its partitions'
   */
  public TriggerChoice(TableName table, Collection<Trigger> triggers, Writes writes) {
    this.table = table;
    this.concerned = triggers.stream().filter(writes::concern).distinct().toList();
  }

  /** Of one as it was read with its partitions. */
  public static TriggerChoice of(Table table, Writes writes) {
    return new TriggerChoice(
        table.name(),
        table.family().stream().flatMap(part -> part.triggers().stream()).toList(),
        writes);
  }

  /**
   * What a backfill writes to a table.
   *
   * @param columns those that its UPDATE sets, of which new ones need not be named: no trigger that
   *     is there can be about them
   * @param makesRows whether rows come by it
   */
  public record Writes(Set<Identifier> columns, boolean makesRows) {

    /** To columns that the change itself makes. */
    public static final Writes NEW_COLUMNS = new Writes(Set.of(), false);

    public Writes {
      columns = Set.copyOf(columns);
    }

    public static Writes to(Collection<Identifier> columns) {
      return new Writes(Set.copyOf(columns), false);
    }

    /** A condition of a trigger's, such as WHEN, is nothing that could be foreseen. */
    private boolean concern(Trigger trigger) {
      return trigger.enabled() != Enabled.DISABLED
          && (trigger.onUpdateOf(columns)
              || (makesRows && trigger.events().contains(Event.INSERT)));
    }
  }

  /**
   * Why the backfill must not begin; empty where it may.
   *
   * @param maySkip whether the role may set {@code session_replication_role}
   */
  public Optional<Reason> objection(BackfillSettings settings, boolean maySkip) {
    // Those that are ENABLE ALWAYS fire whatever anybody chooses.
    if (concerned.stream().allMatch(trigger -> trigger.enabled() == Enabled.ALWAYS)) {
      return Optional.empty();
    }
    return settings.chosenTriggers().isEmpty()
        ? Optional.of(unsaid(maySkip))
        : denied(settings.userTriggers(), maySkip);
  }

  /** Those that fire where this is chosen. */
  public Stream<Trigger> firing(UserTriggers chosen) {
    Enabled by = chosen == UserTriggers.SKIP ? Enabled.REPLICA : Enabled.ORIGIN;
    return concerned.stream()
        .filter(trigger -> trigger.enabled() == by || trigger.enabled() == Enabled.ALWAYS);
  }

  private Reason unsaid(boolean maySkip) {
    return reason(
        "the file does not say whether these triggers shall fire when the backfill writes a row: "
            + concerned.stream()
                .map(TriggerChoice::words)
                .distinct()
                .collect(Collectors.joining(", "))
            + "; with \"user_triggers: skip\" they do not, with \"user_triggers: fire\" they do,"
            + " as for an UPDATE of an application's",
        "Write one of the two, in a change file under \"backfill\"."
            + (maySkip ? "" : " To skip them, this role needs " + GRANT + "."));
  }

  private static String words(Trigger trigger) {
    return switch (trigger.enabled()) {
      case ORIGIN, DISABLED -> trigger.name().toString();
      case REPLICA -> trigger.name() + " (ENABLE REPLICA: the other way round)";
      case ALWAYS -> trigger.name() + " (ENABLE ALWAYS: fires either way)";
    };
  }

  private Optional<Reason> denied(UserTriggers chosen, boolean maySkip) {
    String firing =
        concerned.stream()
            .filter(trigger -> trigger.enabled() == Enabled.ORIGIN)
            .map(trigger -> trigger.name().toString())
            .distinct()
            .collect(Collectors.joining(", "));
    return firing.isEmpty() || maySkip || chosen == UserTriggers.FIRE
        ? Optional.empty()
        : Optional.of(
            reason(
                "the backfill would fire the triggers "
                    + firing
                    + ": this role may not set session_replication_role",
                "Have the DBA run " + GRANT + ", or write \"user_triggers: fire\"."));
  }

  private Reason reason(String message, String cure) {
    return new Reason("user-triggers", table.toString(), message, cure);
  }
}
