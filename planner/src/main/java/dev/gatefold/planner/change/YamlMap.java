package dev.gatefold.planner.change;

import dev.gatefold.planner.name.Identifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a YAML file that is read key by key; what nobody asked for is an error, and so is a
 * key that stands twice. Not thread-safe.
 */
public final class YamlMap {

  private final String file;
  private final String path;
  private final Node node;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  /** The one mapping that a file consists of. */
  public static YamlMap ofFile(String file, String yaml) throws ChangeFileException {
    return new YamlMap(file, "", YamlText.compose(file, yaml));
  }

  YamlMap(String file, String path, Node node) throws ChangeFileException {
    this.file = file;
    this.path = path;
    this.node = node;
    if (!(node instanceof MappingNode mapping)) {
      throw error(node, "expects keys and values");
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = key(tuple.getKeyNode());
      if (values.put(key, tuple.getValueNode()) != null) {
        throw error(tuple.getKeyNode(), "the key \"" + key + "\" stands twice");
      }
    }
  }

  private String key(Node key) throws ChangeFileException {
    if (key instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
      return scalar.getValue();
    }
    throw error(key, "a key must be a word");
  }

  boolean has(String key) {
    asked.add(key);
    return values.containsKey(key);
  }

  public Optional<String> text(String key) throws ChangeFileException {
    asked.add(key);
    Node value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      return Optional.of(scalar.getValue());
    }
    throw error(value, "the key \"" + key + "\" expects text");
  }

  /** A value or the word {@code null}. */
  boolean isNull(String key) {
    asked.add(key);
    Node value = values.get(key);
    return value != null && value.getTag().equals(Tag.NULL);
  }

  public String required(String key) throws ChangeFileException {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      throw error(node, "the key \"" + key + "\" is missing" + meant(key));
    }
    return text.get();
  }

  Optional<Boolean> flag(String key) throws ChangeFileException {
    asked.add(key);
    Node value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
      return Optional.of(Boolean.valueOf(scalar.getValue()));
    }
    throw error(value, "the key \"" + key + "\" expects true or false");
  }

  /** Text read by a parser whose {@link IllegalArgumentException} says what is wrong. */
  public <T> Optional<T> parsed(String key, Function<String, T> parser) throws ChangeFileException {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(text.get()));
    } catch (IllegalArgumentException e) {
      throw error(valueOf(key), "the key \"" + key + "\": " + e.getMessage());
    }
  }

  public <T> T requiredParsed(String key, Function<String, T> parser) throws ChangeFileException {
    required(key);
    return parsed(key, parser).orElseThrow();
  }

  Optional<YamlMap> map(String key) throws ChangeFileException {
    asked.add(key);
    Node value = values.get(key);
    return value == null ? Optional.empty() : Optional.of(new YamlMap(file, path(key), value));
  }

  public List<YamlMap> list(String key) throws ChangeFileException {
    asked.add(key);
    Node value = values.get(key);
    if (value == null) {
      throw error(node, "the key \"" + key + "\" is missing" + meant(key));
    }
    if (!(value instanceof SequenceNode sequence)) {
      throw error(value, "the key \"" + key + "\" expects a list, each with a dash");
    }
    List<YamlMap> maps = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      maps.add(new YamlMap(file, path(key), item));
    }
    return maps;
  }

  /** The same where an item may be text: that is its only key then. */
  List<YamlMap> listOf(String key, String only) throws ChangeFileException {
    asked.add(key);
    if (!(values.get(key) instanceof SequenceNode sequence)) {
      return list(key);
    }
    List<YamlMap> maps = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      maps.add(new YamlMap(file, path(key), item instanceof ScalarNode ? alone(only, item) : item));
    }
    return maps;
  }

  private static Node alone(String key, Node value) {
    Node name =
        new ScalarNode(
            Tag.STR,
            key,
            value.getStartMark(),
            value.getEndMark(),
            DumperOptions.ScalarStyle.PLAIN);
    return new MappingNode(
        Tag.MAP,
        true,
        List.of(new NodeTuple(name, value)),
        value.getStartMark(),
        value.getEndMark(),
        DumperOptions.FlowStyle.AUTO);
  }

  /** A list of texts, each read by a parser; none where the key is missing. */
  public <T> List<T> texts(String key, Function<String, T> parser) throws ChangeFileException {
    asked.add(key);
    Node value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof SequenceNode sequence)) {
      throw error(value, "the key \"" + key + "\" expects a list, each with a dash");
    }
    List<T> texts = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      texts.add(parsed(key, item, parser));
    }
    return texts;
  }

  /** A text, or a list of them. */
  <T> List<T> textOrTexts(String key, Function<String, T> parser) throws ChangeFileException {
    return values.get(key) instanceof SequenceNode
        ? texts(key, parser)
        : parsed(key, parser).map(List::of).orElse(List.of());
  }

  /** The same, of which there must be one at least. */
  <T> List<T> someTexts(String key, Function<String, T> parser) throws ChangeFileException {
    List<T> texts = texts(key, parser);
    if (texts.isEmpty()) {
      throw error(valueOf(key), "the key \"" + key + "\" wants a list of one at least");
    }
    return texts;
  }

  private <T> T parsed(String key, Node item, Function<String, T> parser)
      throws ChangeFileException {
    if (!(item instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
      throw error(item, "the key \"" + key + "\" expects a list of texts");
    }
    try {
      return parser.apply(scalar.getValue());
    } catch (IllegalArgumentException e) {
      throw error(item, "the key \"" + key + "\": " + e.getMessage());
    }
  }

  /** All keys with their texts, of a map whose keys are the author's own. */
  Map<String, String> texts() throws ChangeFileException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String key : values.keySet()) {
      texts.put(key, required(key));
    }
    return texts;
  }

  /** A key that is the author's own, and a name. */
  Identifier name(String key) throws ChangeFileException {
    try {
      return Identifier.parse(key);
    } catch (IllegalArgumentException e) {
      throw errorAt(key, "is no name: " + e.getMessage());
    }
  }

  /** Call last: whatever is left over is unknown. */
  public void end() throws ChangeFileException {
    for (Map.Entry<String, Node> entry : values.entrySet()) {
      if (!asked.contains(entry.getKey())) {
        throw error(
            entry.getValue(),
            "unknown key \"%s\"; known here: %s"
                .formatted(entry.getKey(), String.join(", ", asked)));
      }
    }
  }

  /** Names a key that was probably meant for the missing one. */
  private String meant(String missing) {
    return values.keySet().stream()
        .filter(key -> !asked.contains(key) && alike(key, missing))
        .findFirst()
        .map(key -> "; there is \"" + key + "\", which is unknown")
        .orElse("");
  }

  /** Whether the two share most of their letters, in their order. */
  private static boolean alike(String key, String missing) {
    int common = 0;
    int from = 0;
    for (int i = 0; i < missing.length(); i++) {
      int found = key.indexOf(missing.charAt(i), from);
      if (found >= 0) {
        common++;
        from = found + 1;
      }
    }
    return common >= missing.length() - 1 && Math.abs(key.length() - missing.length()) <= 2;
  }

  /** An error at a key. */
  public ChangeFileException errorAt(String key, String message) {
    return error(valueOf(key), "the key \"" + key + "\" " + message);
  }

  private Node valueOf(String key) {
    Node value = values.get(key);
    return value == null ? node : value;
  }

  private String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private ChangeFileException error(Node at, String message) {
    int line = at.getStartMark().getLine() + 1;
    String where = path.isEmpty() ? "" : " (in " + path + ")";
    return new ChangeFileException(file + ", line " + line + where + ": " + message);
  }
}
