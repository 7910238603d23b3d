package dev.gatefold.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A value of a YAML document, to be walked down. */
record Yaml(Object value) {

  static List<Yaml> documents(Path file) throws IOException {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    org.yaml.snakeyaml.Yaml reader = new org.yaml.snakeyaml.Yaml(new SafeConstructor(strict));
    return StreamSupport.stream(reader.loadAll(Files.readString(file)).spliterator(), false)
        .map(Yaml::new)
        .toList();
  }

  /** What stands behind keys, one after the other, and numbers where there is a list. */
  Yaml at(String... keys) {
    Yaml here = this;
    for (String key : keys) {
      here = here.child(key);
    }
    return here;
  }

  private Yaml child(String key) {
    Object child =
        value instanceof List<?> list ? list.get(Integer.parseInt(key)) : map(value).get(key);
    return Optional.ofNullable(child)
        .map(Yaml::new)
        .orElseThrow(() -> new AssertionError("no %s in %s".formatted(key, value)));
  }

  boolean has(String key) {
    return map(value).containsKey(key);
  }

  String text() {
    return String.valueOf(value);
  }

  List<Yaml> list() {
    assertThat(value).isInstanceOf(List.class);
    return ((List<?>) value).stream().<Yaml>map(Yaml::new).toList();
  }

  /** In the order of the file. */
  Map<String, Yaml> entries() {
    Map<String, Yaml> entries = new LinkedHashMap<>();
    map(value).forEach((key, it) -> entries.put(String.valueOf(key), new Yaml(it)));
    return entries;
  }

  private static Map<?, ?> map(Object value) {
    assertThat(value).isInstanceOf(Map.class);
    return (Map<?, ?>) value;
  }
}
