package dev.gatefold.executor.cli;

import dev.gatefold.executor.notify.Endpoint;
import dev.gatefold.executor.store.Notice.Event;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code notify} of a target. */
final class NotifySettings {

  private static final Set<Object> KEYS = Set.of("url", "secret", "on");
  private static final String ALL =
      Arrays.stream(Event.values()).map(Event::word).collect(Collectors.joining(", "));

  private final String path;
  private final Map<?, ?> entry;
  private final UnaryOperator<String> filled;

  private NotifySettings(String path, Map<?, ?> entry, UnaryOperator<String> filled) {
    this.path = path;
    this.entry = entry;
    this.filled = filled;
  }

  /**
   * The endpoints of a target.
   *
   * @param filled puts in what variables stand for
   */
  static List<Endpoint> read(String path, @Nullable Object value, UnaryOperator<String> filled) {
    if (!(value instanceof List<?> list)) {
      throw Targets.wrong(path + " expects a list, each with url, secret and on");
    }
    List<Endpoint> endpoints =
        IntStream.range(0, list.size())
            .mapToObj(i -> one("%s[%d]".formatted(path, i), list.get(i), filled))
            .toList();
    if (endpoints.stream().map(Endpoint::name).distinct().count() < endpoints.size()) {
      throw Targets.wrong(path + " names one url twice; write all its events into one \"on\"");
    }
    return endpoints;
  }

  private static Endpoint one(String path, @Nullable Object value, UnaryOperator<String> filled) {
    Map<Object, Object> entry = new HashMap<>();
    // To YAML 1.1 the bare word "on" is a boolean, also where it is a key.
    Targets.map(path, value)
        .forEach((key, it) -> entry.put(Boolean.TRUE.equals(key) ? "on" : key, it));
    return new NotifySettings(path, entry, filled).endpoint();
  }

  private Endpoint endpoint() {
    for (Object key : entry.keySet()) {
      if (!KEYS.contains(key)) {
        throw Targets.wrong(
            "unknown key \"%s\" in %s; known here: on, secret, url".formatted(key, path));
      }
    }
    String url = text("url");
    return Endpoint.of(url, address(filled.apply(url)), secret(), events());
  }

  private String text(String key) {
    if (!(entry.get(key) instanceof String text) || text.isBlank()) {
      throw Targets.wrong("%s.%s is missing or is no text".formatted(path, key));
    }
    return text;
  }

  /** Says what is wrong without the URL, whose path may be a secret. */
  private URI address(String url) {
    try {
      URI uri = URI.create(url);
      boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      System.getLogger(NotifySettings.class.getName())
          .log(System.Logger.Level.DEBUG, "no URL in {0}", path);
    }
    throw Targets.wrong(
        path + ".url must be https://host/path or http://host/path, without a user");
  }

  /** A secret that stands in the file is one that everybody reads. */
  private String secret() {
    String secret = text("secret");
    String value = filled.apply(secret);
    if (value.equals(secret)) {
      throw Targets.wrong(path + ".secret must come from the environment: write it as \"${NAME}\"");
    }
    if (value.isBlank()) {
      throw Targets.wrong(path + ".secret: its variable is empty");
    }
    return value;
  }

  private Set<Event> events() {
    if (!(entry.get("on") instanceof List<?> words) || words.isEmpty()) {
      throw Targets.wrong(path + ".on expects a list of: " + ALL);
    }
    Set<Event> events = EnumSet.noneOf(Event.class);
    for (Object word : words) {
      events.add(
          Event.of(String.valueOf(word))
              .orElseThrow(
                  () -> Targets.wrong("%s.on: \"%s\" is none of: %s".formatted(path, word, ALL))));
    }
    return events;
  }
}
