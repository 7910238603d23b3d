package dev.gatefold.backfill.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.testing.Scene;
import java.sql.Connection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreathTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20})
  void choosesTheSameRows(int rows) throws Exception {
    try (Scene scene = Scene.items(0)) {
      assertThat(
              scene.database.queryLines(
                  "SELECT count(*) FROM generate_series(1, 400) AS n WHERE "
                      + new Breath(rows).at("n > 300 OR NULLIF(n, 5) = 7")))
          .isEqualTo(List.of("101"));
    }
  }

  @Test
  void theSmallerTheShareTheMoreOften() {
    // 220 rows of 5 microseconds take as long as a nap.
    assertThat(Breath.writing(0.5).rows()).isEqualTo(256);
    assertThat(Breath.writing(0.25).rows()).isEqualTo(128);
    assertThat(Breath.writing(0.01).rows()).isEqualTo(64);
    assertThat(Breath.reading(0.5).rows()).isEqualTo(2_048);
    assertThat(Breath.reading(0.01).rows()).isEqualTo(256);
  }

  @Test
  void aloneItIsHeldAndWhereNothingMayBeDone() {
    assertThat(Breath.writing(1)).isEqualTo(Breath.HELD);
    assertThat(Breath.writing(0)).isEqualTo(Breath.HELD);
  }

  /** To the server each is a statement of its own. */
  @Test
  void thereAreFewDifferentOnes() {
    assertThat(
            IntStream.range(1, 1_000_000)
                .mapToObj(millionth -> Breath.writing(millionth / 1e6))
                .distinct())
        .hasSizeLessThan(20);
  }

  @Test
  void theTransactionKnowsHowLongItSlept() throws Exception {
    try (Scene scene = Scene.items(0);
        Connection connection = scene.database.connect()) {
      connection.setAutoCommit(false);
      assertThat(Breath.SLEPT.answer(connection).number()).isZero();
      BoundStatement.of("SELECT gatefold.nap() FROM generate_series(1, 3)").run(connection);
      assertThat(Breath.SLEPT.answer(connection).number()).isGreaterThanOrEqualTo(3_000);
      connection.commit();
      assertThat(Breath.SLEPT.answer(connection).number()).isZero();
    }
  }
}
