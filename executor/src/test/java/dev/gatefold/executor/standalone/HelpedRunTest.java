package dev.gatefold.executor.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.outcome.Outcome;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another worker fills rows of a run, for as long as the run's owner may. */
class HelpedRunTest {

  /** More than the first range holds: the rest is for who helps. */
  private static final int ROWS = 52_000;

  private static final String FIRST_RANGE = "50000";

  private static final String COUNT =
      "{backfill: x, table: item, set: {n: \"coalesce(n, 0) + 1\"}, workers: 2%s}";

  private Fills fills;
  private LiveRollouts other;

  @BeforeEach
  void start() throws SQLException {
    fills = Fills.items(ROWS);
    fills.sql("ALTER TABLE item ADD n int");
    other = LiveRollouts.open(DatabaseUrl.parse(fills.journey().database().url()));
  }

  @AfterEach
  void end() throws SQLException {
    other.close();
    fills.close();
  }

  @Test
  void whoHelpsFillsRowsAndNoneTwice() throws SQLException {
    AtomicBoolean helped = new AtomicBoolean();
    Outcome outcome =
        fills.run(
            COUNT.formatted(""),
            progress -> {
              if (helped.compareAndSet(false, true)) {
                assertThat(help(theirs -> {})).isTrue();
                assertThat(theirRows()).isEqualTo(Integer.toString(ROWS - 50_000));
              }
            });
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(fills.rows("SELECT n, count(*) FROM item GROUP BY n")).containsExactly("1|" + ROWS);
    assertThat(fills.standing().last().orElseThrow().rowsDone()).isEqualTo(ROWS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cancelled_by = 'somebody'",
        "state = 'done', ended_at = now()",
        "fence = fence + 1, token = gen_random_uuid()",
        "token = NULL"
      })
  void whatTheOwnerMayNotDoAnyMoreWhoHelpsMayNotEither(String change) {
    assertThatThrownBy(
            () ->
                fills.run(
                    COUNT.formatted(", max_rows_per_second: 2000"),
                    progress -> {
                      helpUntilItIs(change);
                      throw new Left();
                    }))
        .isInstanceOf(Left.class);
  }

  /** The owner's worker stops here, as if it was gone. */
  private static final class Left extends RuntimeException {}

  private void helpUntilItIs(String change) {
    String[] before = {"none"};
    assertThat(
            help(
                progress -> {
                  execute("UPDATE gatefold.standalone_run SET " + change);
                  before[0] = theirRows();
                }))
        .isTrue();
    assertThat(theirRows()).isEqualTo(before[0]).isNotEqualTo("2000");
  }

  @Test
  void nobodyHelpsARunThatIsNobodys() throws SQLException {
    assertThatThrownBy(
            () ->
                fills.run(
                    COUNT.formatted(""),
                    progress -> {
                      throw new Left();
                    }))
        .isInstanceOf(Left.class);
    assertThat(fills.states()).containsExactly("running");
    assertThat(help(progress -> {})).isFalse();
    assertThat(theirRows()).isEqualTo("0");
    assertThatThrownBy(
            () ->
                fills.sql("SELECT gatefold.hold_run(id, NULL, NULL) FROM gatefold.standalone_run"))
        .hasMessageContaining("another worker has taken over");
  }

  private boolean help(ProgressListener listener) {
    try {
      return other.backfills().help(name -> listener);
    } catch (SQLException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String theirRows() {
    try {
      return fills.rows("SELECT count(n) FROM item WHERE id > " + FIRST_RANGE).get(0);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void execute(String sql) {
    try {
      fills.sql(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
