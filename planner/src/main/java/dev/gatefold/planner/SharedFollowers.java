package dev.gatefold.planner;

import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.schema.TableProbe;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Objects that read columns of two tables of one change. On the way back the text of one that does
 * not come back by itself is that of the plan: it would name columns of the other table, which may
 * not have their old names yet.
 */
final class SharedFollowers {

  private SharedFollowers() {}

  static Stream<Reason> of(Schema schema, Set<TableName> tables) {
    Set<String> lost =
        schema.probes().stream()
            .filter(probe -> tables.contains(probe.table()))
            .flatMap(probe -> probe.followers().stream())
            .filter(follower -> !follower.turn().match(turn -> turn.returns(), rejected -> true))
            .map(SharedFollowers::identity)
            .collect(Collectors.toSet());
    Set<String> seen = new HashSet<>();
    return schema.probes().stream()
        .filter(probe -> tables.contains(probe.table()))
        .flatMap(probe -> probe.followers().stream().map(SharedFollowers::identity).distinct())
        .filter(identity -> !seen.add(identity) && lost.contains(identity))
        .distinct()
        .map(
            identity ->
                new Reason(
                    "shared-view",
                    identity,
                    "it reads columns of two tables of the change, and its text would not come back"
                        + " by itself in a rollback",
                    "Put the two tables in changes of their own, one after the other."));
  }

  private static String identity(TableProbe.FollowerProbe probe) {
    return probe.follower().identity();
  }
}
