package dev.gatefold.planner.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.BackfillSettings.UserTriggers;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.TriggerChoice.Writes;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Trigger;
import dev.gatefold.planner.schema.Trigger.Enabled;
import dev.gatefold.planner.schema.Trigger.Event;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** To whom it makes a difference whether users' triggers fire, and what is asked then. */
class TriggerChoiceTest {

  private static final BackfillSettings SILENT = BackfillSettings.DEFAULT;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // enabled | event | UPDATE OF | sets | makes rows | asked
        "ORIGIN   | UPDATE |     | new | false | true",
        "ORIGIN   | UPDATE | old | new | false | false",
        "ORIGIN   | UPDATE | old | old | false | true",
        "ORIGIN   | INSERT |     | new | false | false",
        "ORIGIN   | INSERT |     | new | true  | true",
        "REPLICA  | UPDATE |     | new | false | true",
        "ALWAYS   | UPDATE |     | new | false | false",
        "DISABLED | UPDATE |     | new | false | false"
      })
  void whoeverFiresByOneChoiceAlone(
      Enabled enabled,
      Event event,
      @Nullable String of,
      String sets,
      boolean makesRows,
      boolean asked) {
    Trigger trigger = trigger("audit", enabled, event, names(of));
    Writes writes = new Writes(names(sets), makesRows);
    assertThat(objection(writes, SILENT, true, trigger).isPresent()).isEqualTo(asked);
    for (UserTriggers chosen : UserTriggers.values()) {
      assertThat(objection(writes, SILENT.withUserTriggers(chosen), true, trigger)).isEmpty();
    }
  }

  @Test
  void allAreNamedWithWhatEitherChoiceMeans() {
    Reason reason =
        objection(
                Writes.NEW_COLUMNS,
                SILENT,
                false,
                trigger("audit", Enabled.ORIGIN, Event.UPDATE, Set.of()),
                trigger("mirror", Enabled.REPLICA, Event.UPDATE, Set.of()),
                trigger("log", Enabled.ALWAYS, Event.UPDATE, Set.of()),
                trigger("off", Enabled.DISABLED, Event.UPDATE, Set.of()))
            .orElseThrow();
    assertThat(reason.code()).isEqualTo("user-triggers");
    assertThat(reason.object()).isEqualTo("shop.orders");
    assertThat(reason.message())
        .isEqualTo(
            "the file does not say whether these triggers shall fire when the backfill writes a"
                + " row: audit, mirror (ENABLE REPLICA: the other way round), log (ENABLE ALWAYS:"
                + " fires either way); with \"user_triggers: skip\" they do not, with"
                + " \"user_triggers: fire\" they do, as for an UPDATE of an application's");
    assertThat(reason.cure())
        .startsWith("Write one of the two")
        .endsWith("this role needs GRANT SET ON PARAMETER session_replication_role.");
  }

  @Test
  void whoMayNotSkipThemCannotChooseTo() {
    Trigger audit = trigger("audit", Enabled.ORIGIN, Event.UPDATE, Set.of());
    BackfillSettings skip = SILENT.withUserTriggers(UserTriggers.SKIP);
    assertThat(objection(Writes.NEW_COLUMNS, skip, false, audit).map(Reason::message))
        .contains(
            "the backfill would fire the triggers audit: this role may not set"
                + " session_replication_role");
    assertThat(
            objection(Writes.NEW_COLUMNS, SILENT.withUserTriggers(UserTriggers.FIRE), false, audit))
        .isEmpty();
    Trigger mirror = trigger("mirror", Enabled.REPLICA, Event.UPDATE, Set.of());
    assertThat(objection(Writes.NEW_COLUMNS, skip, false, mirror)).isEmpty();
  }

  private static Optional<Reason> objection(
      Writes writes, BackfillSettings settings, boolean maySkip, Trigger... triggers) {
    return new TriggerChoice(TableName.parse("shop.orders"), List.of(triggers), writes)
        .objection(settings, maySkip);
  }

  private static Trigger trigger(
      String name, Enabled enabled, Event event, Set<Identifier> updateOf) {
    return new Trigger(new Identifier(name), false, Set.of(event), enabled, updateOf, "");
  }

  private static Set<Identifier> names(@Nullable String names) {
    return Stream.ofNullable(names).map(Identifier::new).collect(Collectors.toSet());
  }
}
