package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.plan.SyncMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One cell of the sync's table in one mode: what writes become there, and which parts of the
 * generated text make it so.
 */
final class SyncCell {

  /** Which of the two columns a write sets. */
  enum Writer {
    NEITHER,
    OLD,
    NEW,
    BOTH_COLUMNS
  }

  enum Event {
    INSERT,
    UPDATE
  }

  private static final String NO_ROW = "";
  private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+)=('[^']*'|[^,]+)");

  /**
   * A write and what becomes of it.
   *
   * @param start old and new value of the row before, joined by {@code |}
   * @param write the assignments, parted by commas
   * @param outcome old and new value after it, or the SQLSTATE with which it is refused
   */
  record Example(SampleMapping mapping, String start, String write, String outcome) {

    /** Puts the row as it was before the write. */
    String insertStart() {
      String values =
          Stream.of(start.split("\\|", -1))
              .map(value -> value.equals("null") ? "NULL" : Literal.of(value))
              .collect(Collectors.joining(", "));
      return "INSERT INTO t (id, old, new) VALUES (1, " + values + ")";
    }

    private String update() {
      return "UPDATE t SET " + write;
    }

    private String insert() {
      String columns = ASSIGNMENT.matcher(write).replaceAll("$1");
      String values = ASSIGNMENT.matcher(write).replaceAll("$2");
      return "INSERT INTO t (id, %s) VALUES (1, %s)".formatted(columns, values);
    }

    @Override
    public String toString() {
      return "%s: %s SET %s -> %s".formatted(mapping, start, write, outcome);
    }
  }

  /** A change of the generated text that takes a rule out. */
  record Mutation(String rule, UnaryOperator<String> text) {}

  private final Writer writer;
  private final Event event;
  private final SyncMode mode;
  private final List<Example> examples = new ArrayList<>();
  private final List<Mutation> mutations = new ArrayList<>();

  private SyncCell(Writer writer, Event event, SyncMode mode) {
    this.writer = writer;
    this.event = event;
    this.mode = mode;
  }

  static SyncCell cell(Writer writer, Event event, SyncMode mode) {
    return new SyncCell(writer, event, mode);
  }

  SyncCell plain(String write, String outcome) {
    return plain(NO_ROW, write, outcome);
  }

  SyncCell plain(String start, String write, String outcome) {
    return example(SampleMapping.PLAIN, start, write, outcome);
  }

  SyncCell lossy(String write, String outcome) {
    return lossy(NO_ROW, write, outcome);
  }

  SyncCell lossy(String start, String write, String outcome) {
    return example(SampleMapping.LOSSY, start, write, outcome);
  }

  SyncCell failing(String write, String outcome) {
    return failing(NO_ROW, write, outcome);
  }

  SyncCell failing(String start, String write, String outcome) {
    return example(SampleMapping.FAILING, start, write, outcome);
  }

  /** The failing mapping where {@code on_down_failure} lets go of the old value. */
  SyncCell forgiving(String write, String outcome) {
    return forgiving(NO_ROW, write, outcome);
  }

  SyncCell forgiving(String start, String write, String outcome) {
    return example(SampleMapping.FORGIVING, start, write, outcome);
  }

  private SyncCell example(SampleMapping mapping, String start, String write, String outcome) {
    examples.add(new Example(mapping, start, write, outcome));
    return this;
  }

  /** Names a rule of this cell and the change of text that takes it out. */
  SyncCell without(String rule, UnaryOperator<String> text) {
    mutations.add(new Mutation(rule, text));
    return this;
  }

  Event event() {
    return event;
  }

  SyncMode mode() {
    return mode;
  }

  /** The application's statement. */
  String write(Example example) {
    return event == Event.INSERT ? example.insert() : example.update();
  }

  /** The text that makes the sync. */
  List<String> statements(Example example) {
    return statements(example, text -> text);
  }

  /** The text that makes the sync, changed where it belongs to this cell's event. */
  List<String> statements(Example example, UnaryOperator<String> change) {
    String mine = "_" + event.name().toLowerCase(Locale.ROOT) + "\"";
    return new PostgresDialect()
        .createSync(SyncFixture.sync(example.mapping().pair()), mode).stream()
            .map(sql -> sql.contains(mine) ? change.apply(sql) : sql)
            .toList();
  }

  List<Example> examples() {
    return List.copyOf(examples);
  }

  List<Mutation> mutations() {
    return List.copyOf(mutations);
  }

  @Override
  public String toString() {
    return "%s sets %s, %s"
        .formatted(event, writer.name().toLowerCase(Locale.ROOT).replace('_', ' '), mode);
  }
}
