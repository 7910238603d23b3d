package dev.gatefold.planner.replacement;

import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.schema.Follower;
import dev.gatefold.planner.schema.Follower.Kind;
import dev.gatefold.planner.schema.TableProbe;
import dev.gatefold.planner.schema.TableProbe.Turn;
import dev.gatefold.planner.schema.TableProbe.Way;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Views, rules, policies, triggers and functions, which the swap makes read the new columns. */
final class Followers {

  private record Turned(Follower follower, Turn turn) {

    boolean again() {
      return turn.way() == Way.MAKE_AGAIN;
    }
  }

  private final TableReplacement replacement;
  private final List<Turned> turned;

  Followers(TableProbe probe, TableReplacement replacement) {
    this.replacement = replacement;
    this.turned =
        probe.followers().stream()
            .flatMap(
                follower ->
                    follower
                        .turn()
                        .match(
                            turn -> Stream.of(new Turned(follower.follower(), turn)),
                            rejected -> Stream.<Turned>empty()))
            .filter(follower -> follower.turn().way() != Way.NONE)
            .toList();
  }

  boolean none() {
    return turned.isEmpty();
  }

  /**
   * The views that the swap locks, from the outermost on. A query locks them in this order, and the
   * table after them: in any other order readers of a busy view would meet the swap in a deadlock.
   */
  List<TableName> views() {
    List<TableName> views =
        new ArrayList<>(
            replacement.table().followers().stream()
                .filter(follower -> follower.kind() == Kind.VIEW)
                .map(Follower::relation)
                .filter(relations()::contains)
                .toList());
    Collections.reverse(views);
    return views;
  }

  /** All relations that the swap changes, by name. */
  List<TableName> relations() {
    return turned.stream()
        .map(Turned::follower)
        .filter(follower -> follower.kind() != Kind.FUNCTION)
        .map(Follower::relation)
        .distinct()
        .sorted()
        .toList();
  }

  /** Notes all definitions, while the columns that they read have the names to be read then. */
  List<String> note() {
    return note(false);
  }

  /** The same for the way back; where that is not the way that was come, the original ones. */
  List<String> noteForReturn() {
    return note(true);
  }

  private List<String> note(boolean back) {
    List<String> sql = new ArrayList<>();
    for (int i = 0; i < turned.size(); i++) {
      Turned it = turned.get(i);
      if (!partOfView(it)) {
        sql.add(
            replacement
                .dialect()
                .noteDefinition(
                    it.follower(),
                    it.again(),
                    back && !it.turn().returns()
                        ? Optional.of(it.follower().definition())
                        : Optional.empty(),
                    i + 1));
      }
    }
    List<TableName> again =
        new ArrayList<>(
            turned.stream().filter(Turned::again).map(it -> it.follower().relation()).toList());
    if (!again.isEmpty()) {
      Collections.reverse(again);
      sql.add(replacement.dialect().dropViews(again));
    }
    return sql;
  }

  /** Makes everything from the definitions that were noted. */
  List<String> make() {
    List<String> sql = new ArrayList<>();
    for (int i = 0; i < turned.size(); i++) {
      if (!partOfView(turned.get(i))) {
        sql.add(replacement.dialect().makeNoted(turned.get(i).follower(), i + 1));
      }
    }
    return sql;
  }

  /** A rule on a view that is made again is made with it. */
  private boolean partOfView(Turned it) {
    return it.follower().kind() == Kind.RULE
        && turned.stream()
            .anyMatch(
                view ->
                    view.again() && view.follower().relation().equals(it.follower().relation()));
  }

  /** Nothing that reads an old column has come or gone. */
  List<Check> onlyPlanned() {
    return replacement.olds().stream()
        .map(
            old ->
                replacement
                    .dialect()
                    .readBy(
                        replacement.table().oid(),
                        old.attnum(),
                        turned.stream()
                            .map(Turned::follower)
                            .filter(follower -> follower.columns().contains(old.attnum()))
                            .toList()))
        .toList();
  }

  /** Nothing reads a hidden column. */
  List<Check> nobody() {
    return replacement.olds().stream()
        .map(
            old -> replacement.dialect().readBy(replacement.table().oid(), old.attnum(), List.of()))
        .toList();
  }
}
