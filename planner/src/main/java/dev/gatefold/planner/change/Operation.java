package dev.gatefold.planner.change;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.Optional;

/**
 * One kind of schema change: a column that gives way to another, here, or a {@link
 * DirectOperation}. Each kind has one class that plans it.
 */
public sealed interface Operation
    permits Operation.RenameColumn, Operation.AlterColumn, Regroup, DirectOperation {

  /** Answers with the case that fits; the compiler asks every reader about a new kind. */
  <R> R match(Cases<R> cases);

  /** One answer for each kind. */
  interface Cases<R> {
    R renameColumn(RenameColumn operation);

    R alterColumn(AlterColumn operation);

    R regroup(Regroup operation);

    R direct(DirectOperation operation);
  }

  /** Gives a column another name, without a moment in which one of the two names is unknown. */
  record RenameColumn(TableName table, Identifier column, Identifier to) implements Operation {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.renameColumn(this);
    }
  }

  /** Changes any mix of name, type, nullability and default of a column. */
  record AlterColumn(TableName table, Identifier column, ColumnChange wanted, Mapping mapping)
      implements Operation {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.alterColumn(this);
    }

    /** The name that the column has in the end. */
    public Identifier finalName() {
      return wanted.to().orElse(column);
    }
  }

  /** What shall be different; whatever is empty stays as it is. */
  record ColumnChange(
      Optional<Identifier> to,
      Optional<String> type,
      Optional<Boolean> nullable,
      Optional<DefaultChange> defaultValue,
      ColumnTraits traits) {}

  /**
   * How values go from the old shape to the new one and back.
   *
   * @param up SQL over the old row; empty for a plain cast
   * @param down SQL over the new row; empty for the exact inverse, where one is known
   * @param sameMeaning the author says that applications may read the new values under the old name
   * @param volatileAccepted the author accepts a mapping whose result depends on more than the row
   */
  record Mapping(
      Optional<String> up,
      Optional<String> down,
      boolean sameMeaning,
      boolean volatileAccepted,
      OnDownFailure onDownFailure) {

    /** A plain cast there and back. */
    public static final Mapping PLAIN =
        new Mapping(Optional.empty(), Optional.empty(), false, false, OnDownFailure.REFUSE);
  }

  /** A default to set, or none from now on. */
  sealed interface DefaultChange {
    record Set(String expression) implements DefaultChange {}

    record Drop() implements DefaultChange {}
  }

  /** What happens to a write of the new shape that the old one cannot hold. */
  enum OnDownFailure {
    /** The write fails with an error that names the change. */
    REFUSE,
    /** The old shape becomes NULL, after {@code retire} only: rolling back loses that value. */
    GIVE_UP_ROLLBACK
  }
}
