package dev.gatefold.planner.change;

import dev.gatefold.planner.name.Identifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what gates ask for: the same keys in a change file and in a settings file. */
public final class GateFile {

  private static final Pattern NAME = Pattern.compile("[\\w .-]{1,60}");
  private static final int MOST_APPROVALS = 20;

  private GateFile() {}

  /**
   * Reads the gates that stand in a file under a path of keys; where the path ends early, none.
   *
   * @param file the name of the file, for messages
   * @throws ChangeFileException with file, line and key
   */
  public static Gates read(String file, String yaml, List<String> path) throws ChangeFileException {
    Optional<YamlMap> map = Optional.of(new YamlMap(file, "", YamlText.compose(file, yaml)));
    for (String key : path) {
      map = map.isEmpty() ? map : map.get().map(key);
    }
    return gates(map);
  }

  static Gates gates(Optional<YamlMap> map) throws ChangeFileException {
    if (map.isEmpty()) {
      return Gates.NONE;
    }
    Gates gates =
        new Gates(
            settings(map.get().map("expand")),
            settings(map.get().map("backfill")),
            settings(map.get().map("retire")),
            settings(map.get().map("drop")));
    map.get().end();
    return gates;
  }

  private static GateSettings settings(Optional<YamlMap> map) throws ChangeFileException {
    return map.isEmpty() ? GateSettings.NONE : settings(map.get());
  }

  private static GateSettings settings(YamlMap map) throws ChangeFileException {
    List<String> approvers = map.texts("approvers", GateFile::role);
    GateSettings settings =
        new GateSettings(
            map.parsed("soak", TimeSpan::parse).orElse(Duration.ZERO),
            map.parsed("approvals", GateFile::count).orElse(0),
            approvers.isEmpty() ? List.of() : List.of(approvers),
            map.texts("freeze", FreezeWindow::new),
            checks(map),
            map.parsed("max_replica_lag", GateFile::time));
    map.end();
    return settings;
  }

  private static List<SqlCheck> checks(YamlMap map) throws ChangeFileException {
    List<SqlCheck> checks = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    if (map.has("checks")) {
      for (YamlMap item : map.list("checks")) {
        SqlCheck check =
            new SqlCheck(
                item.requiredParsed("name", GateFile::name),
                item.requiredParsed("sql", ChangeFile::sql),
                item.parsed("timeout", GateFile::time).orElse(SqlCheck.DEFAULT_TIMEOUT));
        item.end();
        if (!names.add(check.name())) {
          throw item.errorAt("name", "is the name of another check of this stage");
        }
        checks.add(check);
      }
    }
    return checks;
  }

  private static String role(String text) {
    return Identifier.parse(text).value();
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is not a name for a check: use up to 60 letters, digits, blanks and hyphens"
              .formatted(text));
    }
    return text;
  }

  private static Duration time(String text) {
    Duration time = TimeSpan.parse(text);
    if (time.isZero()) {
      throw new IllegalArgumentException("\"" + text + "\" is no time at all");
    }
    return time;
  }

  private static int count(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= MOST_APPROVALS) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, together with numbers out of bounds.
    }
    throw new IllegalArgumentException(
        "\"%s\" is not a whole number from 0 to %d".formatted(text, MOST_APPROVALS));
  }
}
