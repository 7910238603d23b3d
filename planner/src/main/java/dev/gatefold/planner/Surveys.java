package dev.gatefold.planner;

import dev.gatefold.planner.plan.Survey;
import dev.gatefold.planner.plan.Survey.Seen;
import dev.gatefold.planner.schema.Load.Traffic;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.Table.Kind;
import dev.gatefold.planner.schema.Table.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** Tells how large and how busy the tables are, and names what nobody looked at. */
final class Surveys {

  private static final String APPLICATIONS =
      "the applications: which statements they send; the gates of retire and drop look at what the"
          + " server remembers of them, nobody looks before";

  private static final String FUNCTIONS =
      "functions whose bodies are text, but for those of the tables' triggers: the server does not"
          + " know what they name";

  private Surveys() {}

  static Survey of(Schema schema) {
    List<Table> tables = schema.tables().stream().filter(Surveys::hasRows).toList();
    List<String> unseen = new ArrayList<>();
    tables.forEach(table -> unseen.addAll(unseen(table)));
    unseen.add(APPLICATIONS);
    unseen.add(FUNCTIONS);
    return new Survey(tables.stream().map(Surveys::seen).toList(), unseen);
  }

  private static boolean hasRows(Table table) {
    return table.kind() != Kind.VIEW && table.kind() != Kind.FOREIGN;
  }

  private static Seen seen(Table table) {
    return new Seen(
        table.name(),
        table.rows() < 0 ? OptionalLong.empty() : OptionalLong.of(table.rows()),
        table.load().bytes(),
        rate(table, Traffic::rowsWrittenPerHour),
        rate(table, Traffic::scansPerHour));
  }

  private static OptionalLong rate(Table table, ToLongFunction<Traffic> rate) {
    Optional<Traffic> traffic = table.load().traffic();
    return traffic.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(rate.applyAsLong(traffic.get()));
  }

  private static List<String> unseen(Table table) {
    List<String> unseen = new ArrayList<>();
    if (table.rows() < 0) {
      unseen.add(
          "how many rows %s has: it was never analyzed (ANALYZE tells)".formatted(table.name()));
    }
    if (table.load().traffic().isEmpty()) {
      unseen.add(
          "how much %s is used: the server does not count (track_counts)".formatted(table.name()));
    }
    if (table.traits().contains(Trait.PUBLISHED)) {
      unseen.add("the subscribers of %s, and which columns they have".formatted(table.name()));
    }
    return unseen;
  }
}
