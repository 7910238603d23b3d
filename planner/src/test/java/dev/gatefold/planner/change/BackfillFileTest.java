package dev.gatefold.planner.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.planner.change.BackfillSettings.UserTriggers;
import dev.gatefold.planner.change.StandaloneBackfill.Assignment;
import dev.gatefold.planner.change.StandaloneBackfill.MovedRows;
import dev.gatefold.planner.change.StandaloneBackfill.WhenMissed;
import dev.gatefold.planner.change.StandaloneBackfill.WhenRunning;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.time.Duration;
import java.time.ZoneId;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackfillFileTest {

  @Test
  void readsEveryKey() throws ChangeFileException {
    StandaloneBackfill backfill =
        BackfillFile.read(
            "x.yaml",
            """
            backfill: fill-country
            table: shop.users
            set: {country: "coalesce(country, 'DE')", '"Seen"': now()}
            where: country IS NULL
            schedule: "0 2 * * SUN Europe/Berlin"
            when_running: wait
            when_missed: skip
            window: "01:00-05:00 Europe/Berlin"
            target_batch_time: 50ms
            max_rows_per_second: 1000
            user_triggers: skip
            moved_rows: leave
            """,
            schedule -> {});
    assertThat(backfill.name()).isEqualTo(new ChangeName("fill-country"));
    assertThat(backfill.table()).isEqualTo(TableName.parse("shop.users"));
    assertThat(backfill.set())
        .containsExactly(
            new Assignment(new Identifier("country"), "coalesce(country, 'DE')"),
            new Assignment(new Identifier("Seen"), "now()"));
    assertThat(backfill.where()).contains("country IS NULL");
    Schedule schedule = backfill.schedule().orElseThrow();
    assertThat(schedule.cron()).isEqualTo("0 2 * * SUN");
    assertThat(schedule.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(backfill.whenRunning()).isEqualTo(WhenRunning.WAIT);
    assertThat(backfill.whenMissed()).isEqualTo(WhenMissed.SKIP);
    assertThat(backfill.settings().chosenTriggers()).contains(UserTriggers.SKIP);
    assertThat(backfill.movedRows()).contains(MovedRows.LEAVE);
    assertThat(backfill.settings().window()).contains(new Window("01:00-05:00 Europe/Berlin"));
    assertThat(backfill.settings().targetBatchTime()).isEqualTo(Duration.ofMillis(50));
    assertThat(backfill.settings().maxRowsPerSecond()).isEqualTo(OptionalLong.of(1000));
  }

  @Test
  void nothingButNameTableAndColumnsIsNeeded() throws ChangeFileException {
    StandaloneBackfill backfill =
        BackfillFile.read("x.yaml", "{backfill: x, table: t, set: {a: 1}}", schedule -> {});
    assertThat(backfill.where()).isEmpty();
    assertThat(backfill.schedule()).isEmpty();
    assertThat(backfill.settings().chosenTriggers()).isEmpty();
    assertThat(backfill.movedRows()).isEmpty();
    assertThat(backfill.settings()).isEqualTo(BackfillSettings.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "{table: t, set: {a: 1}} ! x.yaml, line 1: the key \"backfill\" is missing",
        "{backfill: X, table: t, set: {a: 1}} ! the key \"backfill\": \"X\" is not a name",
        "{backfill: x, set: {a: 1}} ! the key \"table\" is missing",
        "{backfill: x, table: t} ! the key \"set\" is missing",
        "{backfill: x, table: t, set: {}} ! the key \"set\" names no column",
        "{backfill: x, table: t, set: [a]} ! (in set): expects keys and values",
        "{backfill: x, table: t, set: {a: }} ! (in set): the key \"a\" expects text",
        "{backfill: x, table: t, set: {a: ''}} ! the SQL is empty",
        "{backfill: x, table: t, set: {a: 1, A: 2}} ! names a column that another key names",
        "{backfill: x, table: t, set: {a: 1}, were: b} ! unknown key \"were\"",
        "{backfill: x, table: t, set: {a: 1}, table: u} ! the key \"table\" stands twice",
        "{backfill: x, table: t, set: {a: 1}, schedule: daily} ! is not a schedule such as",
        "{backfill: x, table: t, set: {a: 1}, schedule: 0 2 * * * Berlin} ! names no time zone",
        "{backfill: x, table: t, set: {a: 1}, schedule: 99 2 * * * UTC} ! the key \"schedule\": no such minute",
        "{backfill: x, table: t, set: {a: 1}, when_running: skip} ! is for a backfill with a \"schedule\"",
        "{backfill: x, table: t, set: {a: 1}, when_missed: skip} ! is for a backfill with a \"schedule\"",
        "{backfill: x, table: t, set: {a: 1}, schedule: 0 2 * * * UTC, when_running: kill} ! use skip or wait",
        "{backfill: x, table: t, set: {a: 1}, window: nightly} ! the key \"window\""
      })
  void saysWhatIsWrongAndWhere(String yaml, String message) {
    assertThatThrownBy(
            () ->
                BackfillFile.read(
                    "x.yaml",
                    yaml,
                    schedule -> {
                      if (schedule.cron().startsWith("99")) {
                        throw new IllegalArgumentException("no such minute");
                      }
                    }))
        .isInstanceOf(ChangeFileException.class)
        .hasMessageContaining(message);
  }
}
