package dev.gatefold.planner.schema;

import dev.gatefold.planner.draft.SequenceOptions;
import dev.gatefold.planner.name.Identifier;
import java.util.List;
import java.util.Optional;

/**
 * One column of a table.
 *
 * @param comment the text of COMMENT ON COLUMN
 * @param grants privileges on this very column, beside those on the table
 */
public record Column(
    Identifier name,
    int attnum,
    ColumnType type,
    boolean notNull,
    Optional<Default> defaultValue,
    Optional<Identity> identity,
    boolean generated,
    Optional<String> comment,
    List<Grant> grants,
    Settings settings) {

  public Column {
    grants = List.copyOf(grants);
  }

  /**
   * A default.
   *
   * @param expression as the catalog prints it, qualified with schemas
   * @param volatility whether two evaluations in one transaction may differ
   * @param ownedSequence the sequence that belongs to the column (serial)
   */
  public record Default(
      String expression, Volatility volatility, Optional<OwnedSequence> ownedSequence) {}

  /**
   * A sequence that belongs to a column.
   *
   * @param name quoted with its schema
   * @param type in which it counts
   */
  public record OwnedSequence(String name, String type, SequenceOptions options) {}

  /** How constant the value of an expression is. */
  public enum Volatility {
    /** The same for ever, or at least for the length of a transaction. */
    STEADY,
    /** Another value at each call, such as {@code nextval} or {@code random}. */
    VOLATILE
  }

  /**
   * An identity column's sequence.
   *
   * @param always GENERATED ALWAYS rather than BY DEFAULT
   * @param sequence the sequence, quoted with its schema
   * @param options how the sequence counts; without bounds that are those of its type
   */
  public record Identity(boolean always, String sequence, SequenceOptions options) {}

  /**
   * A privilege on the column.
   *
   * @param privilege SELECT, INSERT, UPDATE or REFERENCES
   * @param grantee a quoted role or {@code PUBLIC}
   */
  public record Grant(String privilege, String grantee, boolean grantable, boolean byOwner) {}

  /**
   * Settings that ALTER COLUMN changes.
   *
   * @param statistics the statistics target, where it was set
   * @param options attribute options such as {@code n_distinct=-0.5}, in SQL
   * @param storage the storage mode where it differs from the type's own, in SQL
   * @param ownStorage the storage mode of the type, in SQL
   * @param compression the compression method where one was set, in SQL
   */
  public record Settings(
      Optional<Integer> statistics,
      Optional<String> options,
      Optional<String> storage,
      String ownStorage,
      Optional<String> compression) {}
}
