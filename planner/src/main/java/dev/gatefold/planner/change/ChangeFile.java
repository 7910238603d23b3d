package dev.gatefold.planner.change;

import dev.gatefold.planner.change.BackfillSettings.UserTriggers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a change from YAML. Strict: whatever it does not know or cannot enforce is an error. */
public final class ChangeFile {

  private final String file;

  private ChangeFile(String file) {
    this.file = file;
  }

  /**
   * Reads a change.
   *
   * @param file the name of the file, for messages
   * @throws ChangeFileException with file, line and key
   */
  public static Change read(String file, String yaml) throws ChangeFileException {
    return new ChangeFile(file).change(yaml);
  }

  private Change change(String yaml) throws ChangeFileException {
    YamlMap root = new YamlMap(file, "", YamlText.compose(file, yaml));
    ChangeName name = root.requiredParsed("change", ChangeName::new);
    List<Operation> operations = new ArrayList<>();
    for (YamlMap item : root.list("operations")) {
      operations.add(OperationFile.read(item));
    }
    if (operations.isEmpty()) {
      throw root.errorAt("operations", "lists no operation");
    }
    Gates gates = GateFile.gates(root.map("gates"));
    Optional<YamlMap> backfill = root.map("backfill");
    BackfillSettings settings =
        backfill.isPresent() ? backfill(backfill.get()) : BackfillSettings.DEFAULT;
    SyncChoice sync = SyncFile.read(root, settings);
    Retire retire = root.parsed("retire", ChangeFile::retire).orElse(Retire.RENAME);
    Way way = root.parsed("straight", ChangeFile::straight).orElse(Way.STAGES);
    if (way == Way.STRAIGHT_WHEN_SMALL) {
      noOtherStage(root);
      // Plain DDL writes no row by an UPDATE: no trigger could be skipped that would fire.
      settings = settings.withUserTriggers(UserTriggers.FIRE);
    }
    root.end();
    return new Change(name, operations, settings, gates, retire, way, sync);
  }

  private static Retire retire(String text) {
    return word(text, "rename", "revoke").equals("rename") ? Retire.RENAME : Retire.REVOKE;
  }

  private static Way straight(String text) {
    ChangeFile.word(text, "when_small");
    return Way.STRAIGHT_WHEN_SMALL;
  }

  private static void noOtherStage(YamlMap root) throws ChangeFileException {
    for (String key : List.of("backfill", "retire", "sync", "feed")) {
      if (root.has(key)) {
        throw root.errorAt(key, "contradicts \"straight\": all is done in the one stage expand");
      }
    }
  }

  private static BackfillSettings backfill(YamlMap map) throws ChangeFileException {
    BackfillSettings settings = settings(map);
    map.end();
    return settings;
  }

  /** Reads the keys of a backfill's settings, which may stand among others. */
  static BackfillSettings settings(YamlMap map) throws ChangeFileException {
    return new BackfillSettings(
        map.parsed("target_batch_time", ChangeFile::duration)
            .orElse(BackfillSettings.DEFAULT.targetBatchTime()),
        map.parsed("max_rows_per_second", ChangeFile::positive)
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty()),
        map.parsed("user_triggers", text -> word(text, "skip", "fire"))
            .map(text -> text.equals("skip") ? UserTriggers.SKIP : UserTriggers.FIRE),
        map.parsed("window", Window::new),
        map.parsed("on_bad_row", text -> word(text, "stop", "keep"))
            .filter(text -> text.equals("keep"))
            .isPresent(),
        ThrottleFile.read(map),
        map.parsed("workers", ChangeFile::workers)
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty()));
  }

  /** More would take a database's connections, and gain nothing. */
  static int workers(String text) {
    long number = positive(text);
    if (number > 32) {
      throw new IllegalArgumentException("at most 32 workers are of use, not " + number);
    }
    return (int) number;
  }

  static String sql(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("the SQL is empty");
    }
    return text.strip();
  }

  static String word(String text, String... known) {
    if (!List.of(known).contains(text)) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is unknown; use " + String.join(" or ", known));
    }
    return text;
  }

  static long positive(String text) {
    try {
      long number = Long.parseLong(text.replace("_", ""));
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, together with numbers that are too small.
    }
    throw new IllegalArgumentException("\"" + text + "\" is not a whole number above zero");
  }

  static Duration duration(String text) {
    Matcher matcher = Pattern.compile("(\\d{1,6})(ms|s)").matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new IllegalArgumentException("\"" + text + "\" is not a time such as 20ms or 1s");
    }
    long amount = Long.parseLong(matcher.group(1));
    return matcher.group(2).equals("s") ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
  }
}
