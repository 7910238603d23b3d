package dev.gatefold.backfill.range;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BisectionTest {

  private final List<KeyRange> asked = new ArrayList<>();

  private List<Integer> find(int rows, Set<Integer> bad) throws SQLException {
    List<Key> keys = IntStream.rangeClosed(1, rows).mapToObj(i -> Key.of("" + i)).toList();
    return Bisection.find(
            Optional.of(Key.of("0")),
            keys,
            range -> {
              asked.add(range);
              int after = number(range.after().orElseThrow());
              int end = number(range.end());
              return bad.stream()
                  .filter(i -> i > after && i <= end)
                  .sorted()
                  .findFirst()
                  .map(i -> "row " + i);
            })
        .stream()
        .map(row -> number(row.key()))
        .toList();
  }

  private static int number(Key key) {
    return Integer.parseInt(key.values().get(0));
  }

  @Test
  void findsExactlyTheBadRowsInOrder() throws SQLException {
    assertThat(find(100, Set.of(1, 50, 51, 100))).containsExactly(1, 50, 51, 100);
    assertThat(find(1, Set.of(1))).containsExactly(1);
    assertThat(find(100, Set.of())).isEmpty();
    assertThat(find(0, Set.of())).isEmpty();
  }

  @Test
  void ofBadRowsOnlyItFindsThemAll() throws SQLException {
    Set<Integer> all = Set.copyOf(IntStream.rangeClosed(1, 100).boxed().toList());
    assertThat(find(100, all)).hasSize(100);
    assertThat(asked).hasSizeLessThan(200);
  }

  @Test
  void asksAboutTwiceTheLogarithm() throws SQLException {
    find(10_000, Set.of(7_777));
    assertThat(asked).hasSizeLessThan(30);
  }
}
