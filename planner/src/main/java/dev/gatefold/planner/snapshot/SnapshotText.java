package dev.gatefold.planner.snapshot;

import dev.gatefold.planner.snapshot.SchemaSnapshot.LeftOut;
import dev.gatefold.planner.snapshot.SchemaSnapshot.TableSize;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes a snapshot as YAML that people may read and compare. Not thread-safe. */
final class SnapshotText {

  static final int VERSION = 1;

  // What a line of a literal block cannot hold, or YAML would read as another line.
  private static final Pattern NOT_LITERAL =
      Pattern.compile("[^\\n\\t\\x20-\\x7e\\xa0-\\u1fff\\u3000-\\ud7ff\\x{10000}-\\x{10ffff}]");

  // A letter first, nothing that YAML takes for a key, a comment or an end of its own.
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z](?:(?!: | #|:$)[\\x20-\\x7e\\xa1-\\u1fff])*(?<! )");

  private static final Set<String> WORDS =
      Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

  private final StringBuilder text = new StringBuilder();

  private SnapshotText() {}

  static String of(SchemaSnapshot snapshot) {
    return new SnapshotText().write(snapshot);
  }

  private String write(SchemaSnapshot snapshot) {
    text.append("# A schema, without rows: gatefold plan --schema FILE CHANGE plans from it.\n");
    line("", "gatefold_snapshot", Integer.toString(VERSION));
    line("", "postgresql", Integer.toString(snapshot.source().version()));
    line("", "encoding", scalar(snapshot.source().encoding()));
    text.append("# For whom a plan is made, and where that role finds names.\n");
    line("", "role", scalar(snapshot.source().role()));
    line("", "search_path", scalar(snapshot.source().searchPath()));
    list("objects", snapshot.objects().isEmpty());
    snapshot.objects().forEach(this::object);
    text.append("# What the server counts: it changes without a change of the schema.\n");
    list("sizes", snapshot.sizes().isEmpty());
    snapshot.sizes().forEach(this::size);
    list("left_out", snapshot.leftOut().isEmpty());
    snapshot.leftOut().forEach(this::leftOut);
    list("under_way", snapshot.underWay().isEmpty());
    snapshot.underWay().forEach(table -> text.append("- ").append(scalar(table)).append('\n'));
    return text.toString();
  }

  private void list(String key, boolean empty) {
    text.append(key).append(empty ? ": []\n" : ":\n");
  }

  private void line(String indent, String key, String value) {
    text.append(indent).append(key).append(": ").append(value).append('\n');
  }

  private void object(SnapshotObject object) {
    line("- ", "kind", scalar(object.kind()));
    line("  ", "name", scalar(object.identity()));
    object.of().ifPresent(of -> line("  ", "of", scalar(of)));
    if (!object.needs().isEmpty()) {
      text.append("  needs:\n");
      object.needs().forEach(need -> text.append("  - ").append(scalar(need)).append('\n'));
    }
    text.append("  sql:\n");
    object.sql().forEach(this::statement);
  }

  private void statement(String sql) {
    text.append("  - ");
    if (isBlock(sql)) {
      text.append("|-\n");
      sql.lines().forEach(line -> text.append(line.isEmpty() ? "" : "    " + line).append('\n'));
    } else {
      text.append(scalar(sql)).append('\n');
    }
  }

  /** Whether it is longer than a line, and a literal block gives it back as it is. */
  private static boolean isBlock(String sql) {
    return sql.contains("\n")
        && Character.isLetter(sql.charAt(0))
        && !sql.endsWith("\n")
        && !NOT_LITERAL.matcher(sql).find();
  }

  private void size(TableSize size) {
    String traffic =
        size.load()
            .traffic()
            .map(
                it ->
                    ", written: %d, scans: %d, seconds: %d"
                        .formatted(it.rowsWritten(), it.scans(), it.seconds()))
            .orElse("");
    text.append(
        "- {table: %s, rows: %d, pages: %d, bytes: %d%s}\n"
            .formatted(
                quoted(size.table()), size.rows(), size.pages(), size.load().bytes(), traffic));
  }

  private void leftOut(LeftOut leftOut) {
    line("- ", "object", scalar(leftOut.object()));
    line("  ", "why", scalar(leftOut.why()));
  }

  /** Bare only where nothing in it could mean anything to YAML. */
  private static String scalar(String value) {
    return isPlain(value) ? value : quoted(value);
  }

  private static boolean isPlain(String value) {
    return PLAIN.matcher(value).matches() && !WORDS.contains(value.toLowerCase(Locale.ROOT));
  }

  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    value.codePoints().forEach(c -> quoted.append(escaped(Character.toString(c))));
    return quoted.append('"').toString();
  }

  private static String escaped(String character) {
    return switch (character) {
      case "\"" -> "\\\"";
      case "\\" -> "\\\\";
      case "\n" -> "\\n";
      case "\t" -> "\\t";
      default ->
          NOT_LITERAL.matcher(character).find()
              ? "\\U%08x".formatted(character.codePointAt(0))
              : character;
    };
  }
}
