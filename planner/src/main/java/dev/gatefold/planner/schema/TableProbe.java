package dev.gatefold.planner.schema;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the server said when the changes of one table were tried on temporary clones of it, in a
 * transaction that was rolled back.
 *
 * @param columns one answer for each column that gives way to one
 * @param regroupings one answer for each group of columns that gives way to others together
 * @param objects one answer for each object that reads a changed column and comes along
 * @param conditions what each check that reads a changed column asks, by its name; all columns,
 *     changed or not, have the names of probes
 * @param followers one answer for each view, rule, policy, trigger and function that reads one
 */
public record TableProbe(
    TableName table,
    List<ColumnProbe> columns,
    List<RegroupProbe> regroupings,
    List<ObjectProbe> objects,
    Map<Identifier, SqlTemplate> conditions,
    List<FollowerProbe> followers) {

  public TableProbe {
    columns = List.copyOf(columns);
    regroupings = List.copyOf(regroupings);
    objects = List.copyOf(objects);
    conditions = Map.copyOf(conditions);
    followers = List.copyOf(followers);
  }

  public Optional<ColumnProbe> column(int attnum) {
    return columns.stream().filter(column -> column.attnum() == attnum).findFirst();
  }

  /** The answer for these old columns that give way to those new ones. */
  public Optional<RegroupProbe> regrouping(List<Integer> olds, List<Identifier> news) {
    return regroupings.stream()
        .filter(group -> group.olds().stream().map(OldProbe::attnum).toList().equals(olds))
        .filter(group -> group.news().stream().map(NewProbe::name).toList().equals(news))
        .findFirst();
  }

  public Optional<ObjectProbe> object(ObjectKind kind, Identifier name) {
    return objects.stream()
        .filter(object -> object.kind() == kind && object.name().equals(name))
        .findFirst();
  }

  /**
   * One column that shall change.
   *
   * @param type the type that it shall have; or what the server said against it
   * @param up from the old to the new value, assigned to the new type
   * @param down from the new to the old value, assigned to the old type
   * @param newDefault what the server made of the default in the file, for the new type
   * @param traits whether the new type can have the storage, compression and numbers in the file
   * @param inPlace whether the server changes the type without rewriting or scanning the table
   */
  public record ColumnProbe(
      int attnum,
      Probed<ColumnType> type,
      Probed<MappingProbe> up,
      Probed<MappingProbe> down,
      Probed<Optional<String>> newDefault,
      Probed<Boolean> traits,
      boolean inPlace) {}

  /** Columns that shall give way to others together, in the order of the file. */
  public record RegroupProbe(List<OldProbe> olds, List<NewProbe> news) {

    public RegroupProbe {
      olds = List.copyOf(olds);
      news = List.copyOf(news);
    }
  }

  /** An old column, by its number, and what makes its value of the new ones. */
  public record OldProbe(int attnum, Probed<MappingProbe> down) {}

  /**
   * A new column.
   *
   * @param number by which the mappings' templates know it
   */
  public record NewProbe(
      int number,
      Identifier name,
      Probed<ColumnType> type,
      Probed<MappingProbe> up,
      Probed<Optional<String>> defaultValue) {}

  /**
   * A mapping that the server accepts.
   *
   * @param plain whether it is the value itself or a plain cast of it
   * @param infallible whether no value can make it fail
   * @param exact whether it takes every value back to what the other mapping made it from
   * @param readsOther names of columns that it reads beside those it may
   * @param readsOwn whether it reads any that it may: the one that is changed, or those of its
   *     group
   * @param steady whether it depends on the row alone
   * @param nullForNull whether a NULL stays NULL
   */
  public record MappingProbe(
      SqlTemplate value,
      boolean plain,
      boolean infallible,
      boolean exact,
      boolean readsOwn,
      List<String> readsOther,
      boolean steady,
      boolean nullForNull) {

    public MappingProbe {
      readsOther = List.copyOf(readsOther);
    }

    /** The same with types that are called otherwise. */
    public MappingProbe saying(UnaryOperator<String> types) {
      return new MappingProbe(
          value.saying(types), plain, infallible, exact, readsOwn, readsOther, steady, nullForNull);
    }
  }

  /**
   * An object over the new columns.
   *
   * @param definition for an index what follows {@code ON table}, from USING on; for a constraint
   *     its whole definition; for statistics what stands between their name and {@code FROM}; for
   *     the row filter of a publication the same condition as a CHECK
   */
  public record ObjectProbe(ObjectKind kind, Identifier name, Probed<SqlTemplate> definition) {}

  /** How an object comes to read the new columns. */
  public record FollowerProbe(Follower follower, Probed<Turn> turn) {}

  /**
   * What the swap does to a follower.
   *
   * @param returns whether what the server prints of it is the same again after a swap back
   */
  public record Turn(Way way, boolean returns) {}

  /** Ways to make an object read another column. */
  public enum Way {
    /** Not at all: a view over views that keep the types of their columns. */
    NONE,
    /** Its definition is replaced; it stays the same object. */
    REPLACE,
    /** A view whose columns change their type, or one over it: it is dropped and made again. */
    MAKE_AGAIN
  }

  /** Objects of different kinds may have the same name. */
  public enum ObjectKind {
    INDEX,
    CONSTRAINT,
    STATISTICS,
    ROW_FILTER,
    INCOMING_FOREIGN_KEY
  }

  /** An answer of the server. */
  public sealed interface Probed<T> {

    <R> R match(Function<T, R> accepted, Function<Rejected<T>, R> rejected);

    /** The answer, where whatever the server rejects was refused before. */
    default T accepted() {
      return match(
          value -> value,
          rejected -> {
            throw new IllegalStateException("refused before: " + rejected.message());
          });
    }

    record Accepted<T>(T value) implements Probed<T> {
      @Override
      public <R> R match(Function<T, R> accepted, Function<Rejected<T>, R> rejected) {
        return accepted.apply(value);
      }
    }

    /**
     * The server refused.
     *
     * @param sqlState the server's code
     * @param message the server's own words
     */
    record Rejected<T>(String sqlState, String message) implements Probed<T> {
      @Override
      public <R> R match(Function<T, R> accepted, Function<Rejected<T>, R> rejected) {
        return rejected.apply(this);
      }
    }
  }
}
