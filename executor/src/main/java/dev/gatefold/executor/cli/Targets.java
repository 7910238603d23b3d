package dev.gatefold.executor.cli;

import dev.gatefold.backfill.feed.Brokers;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.notify.Endpoint;
import dev.gatefold.planner.change.ChangeFileException;
import dev.gatefold.planner.change.GateFile;
import dev.gatefold.planner.change.Gates;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The settings file {@code gatefold.yaml}. Strict: what this version cannot enforce is an error.
 */
final class Targets {

  static final String FILE = "gatefold.yaml";

  private static final List<String> KNOWN = List.of("url", "standbys", "gates", "notify", "kafka");
  private static final List<String> NOT_ENFORCED = List.of("role");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

  private final Map<?, ?> targets;
  private final String text;
  private final Map<String, String> environment;

  private Targets(Map<?, ?> targets, String text, Map<String, String> environment) {
    this.targets = targets;
    this.text = text;
    this.environment = environment;
  }

  static Targets read(Path folder, Map<String, String> environment) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw CommandFailure.usage(
          "--target needs the file " + FILE + ", which is not in this folder",
          "Write it as: targets: {prod: {url: \"${PROD_URL}\"}}");
    }
    String text = text(file);
    Map<?, ?> root = map("the file", parse(text));
    for (Object key : root.keySet()) {
      if (!"targets".equals(key)) {
        throw wrong("unknown key \"" + key + "\"; known here: targets");
      }
    }
    return new Targets(map("targets", root.get("targets")), text, environment);
  }

  /** The URL of a target, its variables filled in. */
  String url(String name) {
    String path = "targets." + name + ".url";
    if (!(target(name).get("url") instanceof String url)) {
      throw wrong(path + " is missing or is no text");
    }
    return filled(path, url);
  }

  /** The standbys of a target, in the order of the file. */
  List<DatabaseUrl> standbys(String name) {
    String path = "targets." + name + ".standbys";
    Object value = target(name).getOrDefault("standbys", List.of());
    if (!(value instanceof List<?> list)) {
      throw wrong(path + " expects a list of URLs");
    }
    return IntStream.range(0, list.size())
        .mapToObj(i -> standby("%s[%d]".formatted(path, i), list.get(i)))
        .toList();
  }

  /** What the gates of a target ask for. */
  Gates gates(String name) {
    target(name);
    try {
      return GateFile.read(FILE, text, List.of("targets", name, "gates"));
    } catch (ChangeFileException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()), "");
    }
  }

  private DatabaseUrl standby(String path, @Nullable Object value) {
    if (!(value instanceof String url)) {
      throw wrong(path + " is no text");
    }
    try {
      return DatabaseUrl.parse(filled(path, url));
    } catch (IllegalArgumentException e) {
      throw wrong(path + ": " + e.getMessage());
    }
  }

  /** Who is told of what happens on a target. */
  List<Endpoint> endpoints(String name) {
    String path = "targets." + name + ".notify";
    return NotifySettings.read(
        path, target(name).getOrDefault("notify", List.of()), text -> filled(path, text));
  }

  /** Where the target's Kafka is, if it says so. */
  Optional<Brokers> brokers(String name) {
    String path = "targets." + name + ".kafka";
    return Optional.ofNullable(target(name).get("kafka"))
        .map(it -> KafkaSettings.read(path, it, text -> filled(path, text)));
  }

  private Map<String, Object> target(String name) {
    if (!targets.containsKey(name)) {
      throw CommandFailure.usage(
          FILE + " names no target \"" + name + "\"", "It knows: " + names());
    }
    String path = "targets." + name;
    Map<String, Object> target = new HashMap<>();
    map(path, targets.get(name))
        .forEach(
            (key, value) -> {
              check(path, String.valueOf(key));
              target.put(String.valueOf(key), value);
            });
    return target;
  }

  private String filled(String path, String text) {
    return VARIABLE.matcher(text).replaceAll(match -> variable(path, match));
  }

  private String variable(String path, MatchResult match) {
    String value = environment.get(match.group(1));
    if (value == null) {
      throw CommandFailure.usage(
          "%s: %s needs the environment variable %s, which is not set"
              .formatted(FILE, path, match.group(1)),
          "Set it, or do without --target: name the servers with --url and --standby.");
    }
    return Matcher.quoteReplacement(value);
  }

  private String names() {
    return String.join(", ", targets.keySet().stream().map(String::valueOf).sorted().toList());
  }

  private static void check(String path, String key) {
    if (NOT_ENFORCED.contains(key)) {
      throw wrong(path + "." + key + " is refused: this version does not enforce it");
    }
    if (!KNOWN.contains(key)) {
      throw wrong(
          "unknown key \"%s\" in %s; known here: %s"
              .formatted(key, path, String.join(", ", KNOWN)));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw wrong("cannot be read: " + e.getMessage());
    }
  }

  private static Object parse(String text) {
    try {
      LoaderOptions strict = new LoaderOptions();
      strict.setAllowDuplicateKeys(false);
      Object root = new Yaml(new SafeConstructor(strict)).load(new StringReader(text));
      return root == null ? Map.of() : root;
    } catch (YAMLException e) {
      throw wrong("cannot be read: " + e.getMessage());
    }
  }

  static Map<?, ?> map(String what, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong(what + " expects keys and values");
  }

  static CommandFailure wrong(String message) {
    return CommandFailure.usage(FILE + ": " + message, "");
  }
}
