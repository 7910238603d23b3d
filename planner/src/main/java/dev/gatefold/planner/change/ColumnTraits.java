package dev.gatefold.planner.change;

import java.util.Locale;
import java.util.Optional;

/**
 * What shall be different of a column beside its values; whatever is empty stays as it is.
 *
 * @param comment the text; an empty one for none
 * @param statistics the target; -1 for the server's own
 */
public record ColumnTraits(
    Optional<String> comment,
    Optional<Storage> storage,
    Optional<Compression> compression,
    Optional<Integer> statistics,
    Optional<Numbering> numbering) {

  /** All stays as it is. */
  public static final ColumnTraits NONE =
      new ColumnTraits(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Where long values are kept. */
  public enum Storage {
    PLAIN,
    EXTERNAL,
    EXTENDED,
    MAIN,
    /** As the type has it. */
    DEFAULT
  }

  /** How long values are made shorter. */
  public enum Compression {
    PGLZ,
    LZ4,
    /** As the server is set. */
    DEFAULT;

    /** The method by name; none for what the server is set to. */
    public Optional<String> method() {
      return this == DEFAULT ? Optional.empty() : Optional.of(name().toLowerCase(Locale.ROOT));
    }
  }
}
