package dev.gatefold.executor.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.executor.outcome.Outcome;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows whose key an application changes while a run goes along it. */
class MovedRowsTest {

  private static final String FILL =
      "{backfill: x, table: item, set: {country: \"'DE'\"}, where: country IS NULL%s}";

  private static final String COUNT =
      "{backfill: x, table: item, set: {n: \"coalesce(n, 0) + 1\"}}";

  /** One from before the walk to behind it, and one beyond the end that it had when it began. */
  private static final String MOVE =
      "UPDATE item SET id = -id WHERE id = 2500; UPDATE item SET id = 99999 WHERE id = 2600";

  private Fills fills;

  @BeforeEach
  void start() throws SQLException {
    fills = Fills.items(3000);
  }

  @AfterEach
  void end() throws SQLException {
    fills.close();
  }

  /** An application that does something at the first batches. */
  private final class Application implements ProgressListener {

    private final String sql;
    private int times;
    private final List<String> waits = new ArrayList<>();

    Application(String sql, int times) {
      this.sql = sql;
      this.times = times;
    }

    @Override
    public void progress(Progress progress) {
      if (times-- > 0) {
        try {
          fills.sql(sql);
        } catch (SQLException e) {
          throw new AssertionError(e);
        }
      }
    }

    @Override
    public void waiting(Waiting waiting) {
      waits.add(waiting.reason());
    }
  }

  @Test
  void areLookedForUntilNoneIsLeft() throws SQLException {
    Application application = new Application(MOVE, 1);
    assertThat(fills.run(FILL.formatted(""), application))
        .isInstanceOfSatisfying(
            Outcome.Done.class, it -> assertThat(it.next()).doesNotContain("left out"));
    assertThat(fills.rows("SELECT count(*) FROM item WHERE country = 'DE'"))
        .containsExactly("3000");
    assertThat(application.waits)
        .filteredOn(it -> it.contains("moved meanwhile"))
        .satisfiesExactly(
            it -> assertThat(it).contains("(1 of at most 3 times)"),
            it -> assertThat(it).contains("(2 of at most 3 times)"));
    assertThat(fills.standing().last().orElseThrow().rowsDone()).isEqualTo(3000);
  }

  @Test
  void areLeftWhereTheFileSaysSo() throws SQLException {
    assertThat(fills.run(FILL.formatted(", moved_rows: leave"), new Application(MOVE, 1)))
        .isInstanceOfSatisfying(
            Outcome.Done.class, it -> assertThat(it.next()).contains("left out: the file says so"));
    assertThat(fills.rows("SELECT id FROM item WHERE country IS NULL ORDER BY id"))
        .containsExactly("-2500", "99999");
  }

  @Test
  void areLeftWhereARowMightBeWrittenTwiceAndThatIsSaid() throws SQLException {
    fills.sql("ALTER TABLE item ADD n int");
    String why = "left out: the value of n may depend on what is set";
    assertThat(fills.run(COUNT, new Application(MOVE, 1)))
        .isInstanceOfSatisfying(Outcome.Done.class, it -> assertThat(it.next()).contains(why));
    assertThat(fills.rows("SELECT n, count(*) FROM item GROUP BY n ORDER BY n"))
        .containsExactly("1|2998", "null|2");
    assertThat(fills.schedule(COUNT.replace(": x", ": y")))
        .isInstanceOfSatisfying(Outcome.Done.class, it -> assertThat(it.next()).contains(why));
  }

  @Test
  void nobodyIsFollowedForEver() throws SQLException {
    Application application =
        new Application("UPDATE item SET country = NULL WHERE id = 1", Integer.MAX_VALUE);
    assertThat(fills.run(FILL.formatted(""), application))
        .isInstanceOfSatisfying(
            Outcome.Done.class, it -> assertThat(it.next()).contains("run it once more"));
    assertThat(fills.rows("SELECT looks FROM gatefold.standalone_run")).containsExactly("3");
  }
}
