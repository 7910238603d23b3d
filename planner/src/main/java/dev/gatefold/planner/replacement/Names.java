package dev.gatefold.planner.replacement;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.name.Digest;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;

/**
 * Names of ours on a table: the same for the same change, different for any two changes or tables,
 * and short whatever the users' names are. They are hashes because joined names collide: table
 * {@code a} with column {@code b_c} and table {@code a_b} with column {@code c}.
 */
public final class Names {

  private final String token;

  public Names(ChangeName change, TableName table) {
    this.token = Digest.of(change + " " + table.quoted(), 6);
  }

  /** Twelve hexadecimal digits that stand for the change on this table. */
  public String token() {
    return token;
  }

  /** A new column until it gets its final name. */
  public Identifier newColumn(int attnum) {
    return name(attnum + "_new");
  }

  /** An old column once it is retired. */
  public Identifier oldColumn(int attnum) {
    return name(attnum + "_old");
  }

  /** The column by which rows are known that were made for values of another table. */
  public Identifier made() {
    return name("made");
  }

  /** A table of another shape until it gets its final name. */
  public Identifier newRelation() {
    return name("new");
  }

  /** A table or view once it is retired. */
  public Identifier oldRelation() {
    return name("old");
  }

  /** The check by which a new column learns to refuse NULL. */
  Identifier notNull(String mark) {
    return name(mark + "_not_null");
  }

  /** The NOT NULL of a new column until it gets its final name. */
  Identifier newNotNull(int attnum) {
    return name(attnum + "_null_new");
  }

  /** The check by which an old column learns again to refuse NULL, in a rollback. */
  Identifier oldNotNull(int attnum) {
    return name(attnum + "_old_not_null");
  }

  /** The check by which a column learns again to refuse NULL where that was changed in place. */
  public Identifier notNullAgain(int attnum) {
    return name(attnum + "_not_null_again");
  }

  /** The index or constraint on new columns until it gets its final name. */
  Identifier newObject(String kind, Identifier object) {
    return last(name(Digest.of(kind + " " + object.quoted(), 5) + "_new"));
  }

  /** A sequence that numbers rows until an identity does. */
  public Identifier numbering(Identifier column) {
    return name(Digest.of("sequence " + column.quoted(), 5) + "_seq");
  }

  /** An object that is built beside traffic, until it gets its final name. */
  public Identifier building(String kind, Identifier object) {
    return newObject(kind, object);
  }

  /** The index or constraint on old columns once they are retired. */
  public Identifier oldObject(String kind, Identifier object) {
    return last(name(Digest.of(kind + " " + object.quoted(), 5) + "_old"));
  }

  /**
   * The server tests checks by name: of two that refuse a row, the one is told that applications
   * have always known.
   */
  private static Identifier last(Identifier name) {
    return new Identifier("~" + name.value());
  }

  private Identifier name(String rest) {
    return new Identifier("gatefold_" + token + "_" + rest);
  }
}
