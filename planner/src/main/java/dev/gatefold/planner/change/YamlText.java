package dev.gatefold.planner.change;

import java.io.StringReader;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Text that must be YAML. */
final class YamlText {

  private YamlText() {}

  /** The nodes of the text, which know their lines. */
  static Node compose(String file, String yaml) throws ChangeFileException {
    try {
      LoaderOptions options = new LoaderOptions();
      // The text is in memory already, and a schema may be long.
      options.setCodePointLimit(Integer.MAX_VALUE);
      Node node = new Yaml(new SafeConstructor(options)).compose(new StringReader(yaml));
      if (node == null) {
        throw new ChangeFileException(file + ": the file is empty");
      }
      return node;
    } catch (MarkedYAMLException e) {
      throw new ChangeFileException(
          "%s, line %d: not YAML: %s"
              .formatted(file, e.getProblemMark().getLine() + 1, e.getProblem()));
    } catch (YAMLException e) {
      throw new ChangeFileException(file + ": not YAML: " + e.getMessage());
    }
  }
}
