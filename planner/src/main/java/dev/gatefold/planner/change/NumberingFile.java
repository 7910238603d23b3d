package dev.gatefold.planner.change;

import dev.gatefold.planner.change.AddColumn.Identity;
import dev.gatefold.planner.draft.SequenceOptions;
import java.util.Locale;
import java.util.Optional;

/** Reads how the server numbers rows. */
final class NumberingFile {

  private NumberingFile() {}

  static Optional<Identity> identity(YamlMap map) throws ChangeFileException {
    return map.parsed(
        "identity",
        text ->
            Identity.valueOf(
                ChangeFile.word(text, "always", "by_default").toUpperCase(Locale.ROOT)));
  }

  /** Of a column that is there. */
  static Optional<Numbering> numbering(YamlMap map) throws ChangeFileException {
    if (map.isNull("identity")) {
      if (map.has("sequence")) {
        throw map.errorAt("sequence", "contradicts \"identity\": nothing is left that counts");
      }
      return Optional.of(new Numbering.Ended());
    }
    Optional<Identity> kind = identity(map);
    SequenceOptions sequence = sequence(map);
    return kind.isEmpty() && sequence.isEmpty()
        ? Optional.empty()
        : Optional.of(new Numbering.Counting(kind, sequence));
  }

  static SequenceOptions sequence(YamlMap map) throws ChangeFileException {
    Optional<YamlMap> found = map.map("sequence");
    if (found.isEmpty()) {
      return SequenceOptions.NONE;
    }
    YamlMap sequence = found.get();
    SequenceOptions options =
        new SequenceOptions(
            sequence.parsed("start", NumberingFile::number),
            sequence.parsed("increment", NumberingFile::number),
            sequence.parsed("minvalue", NumberingFile::number),
            sequence.parsed("maxvalue", NumberingFile::number),
            sequence.parsed("cache", NumberingFile::number),
            sequence.flag("cycle"));
    sequence.end();
    return options;
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expects a whole number of at most 64 bits", e);
    }
  }
}
