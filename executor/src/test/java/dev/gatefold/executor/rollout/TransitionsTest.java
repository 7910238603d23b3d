package dev.gatefold.executor.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.rollout.Transitions.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every pair of state and move, allowed or forbidden, against a table written down a second time.
 */
class TransitionsTest {

  /** One line a state: moves allowed there, each with where it leads. */
  private static final String EXPECTED =
      """
      planned: replace_plan>planned promote_expand>expanding promote_backfill>backfilling promote_retire>retiring promote_drop>dropping roll_back>rolled_back
      expanding: promote_expand>expanding stage_done>expanded plan_done>completed roll_back>rolling_back
      expanded: promote_backfill>backfilling promote_retire>retiring promote_drop>dropping roll_back>rolling_back
      backfilling: promote_backfill>backfilling stage_done>backfilled plan_done>completed roll_back>rolling_back
      backfilled: promote_retire>retiring promote_drop>dropping roll_back>rolling_back
      retiring: promote_retire>retiring stage_done>retired plan_done>completed roll_back>rolling_back
      retired: promote_drop>dropping roll_back>rolling_back
      dropping: promote_drop>dropping plan_done>completed roll_back>rolling_back
      completed: roll_back>rolling_back
      rolling_back: roll_back>rolling_back promote_expand>expanding promote_backfill>backfilling promote_retire>retiring promote_drop>dropping back_to_start>rolled_back back_to_expand>expanded back_to_backfill>backfilled back_to_retire>retired
      rolled_back: replace_plan>planned
      """;

  static List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (RolloutState state : RolloutState.values()) {
      for (Move move : Move.values()) {
        pairs.add(new Pair(state, move, expected(state, move)));
      }
    }
    return pairs;
  }

  record Pair(RolloutState state, Move move, Optional<RolloutState> leadsTo) {}

  private static Optional<RolloutState> expected(RolloutState state, Move move) {
    return EXPECTED
        .lines()
        .filter(line -> line.startsWith(state.word() + ":"))
        .flatMap(line -> List.of(line.split(" ", -1)).stream())
        .filter(word -> word.startsWith(move.name().toLowerCase(Locale.ROOT) + ">"))
        .map(word -> RolloutState.of(word.substring(word.indexOf('>') + 1)).orElseThrow())
        .findFirst();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void isAllowedOrForbiddenAsWrittenDown(Pair pair) {
    assertThat(Transitions.after(pair.state(), pair.move())).isEqualTo(pair.leadsTo());
  }

  @Test
  void theTableNamesNoPairTwice() {
    assertThat(Transitions.table())
        .extracting(transition -> List.of(transition.from(), transition.move()))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyStateCanBeReached() {
    assertThat(Transitions.table()).extracting(Transition::to).contains(RolloutState.values());
  }
}
