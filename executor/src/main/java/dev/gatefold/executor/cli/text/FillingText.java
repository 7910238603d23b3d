package dev.gatefold.executor.cli.text;

import dev.gatefold.executor.filling.Filling;
import dev.gatefold.executor.filling.Filling.Steered;
import dev.gatefold.executor.store.BadRowStore.Kept;
import dev.gatefold.executor.store.SpeedStore.Heard;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a backfill is doing, in words. */
final class FillingText {

  /** More keys than this nobody reads; JSON has them all. */
  private static final int MOST_ROWS = 10;

  /** A line of status. */
  record Field(String name, String value) {

    String line() {
      return "  %-8s %s".formatted(name, value.replaceAll("\\R", "\n           "));
    }
  }

  private FillingText() {}

  /** {@code rows} are the bad rows by key; none where only their number shall be told. */
  static List<Field> fields(Filling filling, List<Kept> rows) {
    List<Field> fields = new ArrayList<>();
    for (Heard heard : filling.heard()) {
      if (heard.processes() > 0) {
        fields.add(new Field("speed", speed(heard)));
        if (!heard.pressure().reasons().isEmpty()) {
          fields.add(
              new Field("pressure", heard.table() + " is " + Wording.pressure(heard.pressure())));
        }
      }
      fields.add(new Field("cost", cost(heard)));
    }
    if (!filling.steered().isEmpty()) {
      fields.add(new Field("pace", pace(filling.steered())));
    }
    if (filling.badRows() > 0) {
      fields.add(new Field("bad", bad(filling.badRows(), rows)));
    }
    return fields;
  }

  private static String speed(Heard heard) {
    String rate =
        heard.rowsPerSecond().isPresent()
            ? Wording.rate(heard.rowsPerSecond().getAsDouble()) + ", "
            : "";
    return "%s: %s%s, %s"
        .formatted(
            heard.table(),
            rate,
            Wording.left(heard.remaining()),
            heard.processes() == 1 ? "1 process" : heard.processes() + " processes");
  }

  private static String cost(Heard heard) {
    return "%s: %s, %s of WAL by the whole server meanwhile"
        .formatted(
            heard.table(),
            Wording.count(heard.deadTuples(), "dead tuple"),
            Wording.bytes(heard.serverWal()));
  }

  private static String pace(List<Steered> steered) {
    return steered.stream()
        .map(
            it ->
                "%s %s instead of %s, by %s at %s"
                    .formatted(it.setting(), it.value(), it.file(), it.by(), Wording.time(it.at())))
        .collect(Collectors.joining("\n"));
  }

  private static String bad(long count, List<Kept> rows) {
    Stream<String> head =
        Stream.of(Wording.count(count, "row") + " cannot be converted and stayed as before");
    Stream<String> keys =
        rows.stream()
            .limit(MOST_ROWS)
            .map(it -> "%s %s: %s".formatted(it.table(), it.row().key(), it.row().reason()));
    Stream<String> more =
        rows.size() > MOST_ROWS
            ? Stream.of("and " + Wording.count(rows.size() - MOST_ROWS) + " more: status -o json")
            : Stream.of();
    return Stream.of(head, keys, more).flatMap(it -> it).collect(Collectors.joining("\n"));
  }
}
