package dev.gatefold.planner.snapshot;

import dev.gatefold.planner.change.ChangeFileException;
import dev.gatefold.planner.change.YamlMap;
import dev.gatefold.planner.schema.Load;
import dev.gatefold.planner.schema.Load.Traffic;
import dev.gatefold.planner.snapshot.SchemaSnapshot.LeftOut;
import dev.gatefold.planner.snapshot.SchemaSnapshot.Source;
import dev.gatefold.planner.snapshot.SchemaSnapshot.TableSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A snapshot as a file. The same schema gives the same text; whatever the reader does not know is
 * an error.
 */
public final class SnapshotFile {

  private SnapshotFile() {}

  /** The text of the file. */
  public static String write(SchemaSnapshot snapshot) {
    return SnapshotText.of(snapshot);
  }

  /**
   * Reads the text of a file.
   *
   * @param file the name of the file, for messages
   * @throws ChangeFileException with file, line and key
   */
  public static SchemaSnapshot read(String file, String yaml) throws ChangeFileException {
    YamlMap root = YamlMap.ofFile(file, yaml);
    int version = root.requiredParsed("gatefold_snapshot", SnapshotFile::whole);
    if (version != SnapshotText.VERSION) {
      throw root.errorAt(
          "gatefold_snapshot",
          "says %d, but this version of Gatefold reads %d: take the snapshot anew"
              .formatted(version, SnapshotText.VERSION));
    }
    Source source =
        new Source(
            root.requiredParsed("postgresql", SnapshotFile::whole),
            root.required("encoding"),
            root.required("role"),
            root.required("search_path"));
    SchemaSnapshot snapshot =
        new SchemaSnapshot(
            source,
            objects(root),
            all(root.list("sizes"), SnapshotFile::size),
            all(root.list("left_out"), SnapshotFile::leftOut),
            root.texts("under_way", Function.identity()));
    root.end();
    return snapshot;
  }

  /** What reads one entry of a list. */
  private interface Entry<T> {
    T read(YamlMap map) throws ChangeFileException;
  }

  private static <T> List<T> all(List<YamlMap> maps, Entry<T> entry) throws ChangeFileException {
    List<T> all = new ArrayList<>();
    for (YamlMap map : maps) {
      all.add(entry.read(map));
      map.end();
    }
    return all;
  }

  private static List<SnapshotObject> objects(YamlMap root) throws ChangeFileException {
    List<SnapshotObject> objects = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (YamlMap map : root.list("objects")) {
      SnapshotObject object =
          new SnapshotObject(
              map.required("kind"),
              map.required("name"),
              map.text("of"),
              map.texts("needs", Function.identity()),
              map.texts("sql", Function.identity()));
      map.end();
      if (object.sql().isEmpty()) {
        throw map.errorAt("sql", "lists no statement");
      }
      if (!keys.add(object.key())) {
        throw map.errorAt("name", "stands twice: " + object.key());
      }
      objects.add(object);
    }
    return objects;
  }

  private static TableSize size(YamlMap map) throws ChangeFileException {
    Optional<Long> written = map.parsed("written", SnapshotFile::number);
    Optional<Traffic> traffic =
        written.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Traffic(
                    written.get(),
                    map.requiredParsed("scans", SnapshotFile::number),
                    map.requiredParsed("seconds", SnapshotFile::number)));
    return new TableSize(
        map.required("table"),
        map.requiredParsed("rows", SnapshotFile::number),
        map.requiredParsed("pages", SnapshotFile::number),
        new Load(map.requiredParsed("bytes", SnapshotFile::number), traffic));
  }

  private static LeftOut leftOut(YamlMap map) throws ChangeFileException {
    return new LeftOut(map.required("object"), map.required("why"));
  }

  private static int whole(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" is not a whole number", e);
    }
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" is not a whole number", e);
    }
  }
}
