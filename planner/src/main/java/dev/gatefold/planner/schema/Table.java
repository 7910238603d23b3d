package dev.gatefold.planner.schema;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One table of the catalog.
 *
 * @param oid the table's OID: a name may come to mean another table, an OID does not
 * @param kind what sort of relation it is
 * @param owned whether the connected role owns it, directly or through a role
 * @param rows the server's estimate; negative where it never looked
 * @param load its size and its traffic
 * @param keys its unique keys without NULLs: the primary key first, then the narrowest
 * @param publications those that name columns of it
 * @param incoming foreign keys of any table that refer to this one
 * @param lastAttnum the highest column number ever given: a column above it came later
 * @param followers what reads a changed column and can be made to read another, the views that
 *     others read first
 * @param wholeRows identities of what reads whole rows of the table, whatever their columns
 * @param rights on the table as a whole
 * @param partitioning its place among partitions and heirs
 * @param traits facts about the whole table that a refusal or a hazard names, in words
 */
public record Table(
    TableName name,
    long oid,
    Kind kind,
    boolean owned,
    long rows,
    Load load,
    int lastAttnum,
    List<UniqueKey> keys,
    List<Column> columns,
    List<Index> indexes,
    List<Constraint> constraints,
    List<Trigger> triggers,
    List<ExtendedStatistics> statistics,
    List<Publication> publications,
    List<IncomingForeignKey> incoming,
    List<Dependent> dependents,
    List<Follower> followers,
    List<String> wholeRows,
    Rights rights,
    Partitioning partitioning,
    List<Trait> traits) {

  public Table {
    keys = List.copyOf(keys);
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
    constraints = List.copyOf(constraints);
    triggers = List.copyOf(triggers);
    statistics = List.copyOf(statistics);
    publications = List.copyOf(publications);
    incoming = List.copyOf(incoming);
    dependents = List.copyOf(dependents);
    followers = List.copyOf(followers);
    wholeRows = List.copyOf(wholeRows);
    traits = List.copyOf(traits);
  }

  public Optional<Column> column(Identifier column) {
    return columns.stream().filter(c -> c.name().equals(column)).findFirst();
  }

  public Optional<Constraint> constraint(Identifier name) {
    return constraints.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  public Optional<Index> index(Identifier name) {
    return indexes.stream().filter(i -> i.name().equals(name)).findFirst();
  }

  /** The names of columns by their numbers. */
  public List<Identifier> names(Set<Integer> attnums) {
    return columns.stream().filter(c -> attnums.contains(c.attnum())).map(Column::name).toList();
  }

  /** The table itself and all its partitions, parents first. */
  public List<Table> family() {
    return Stream.concat(Stream.of(this), partitioning.partitions().stream()).toList();
  }

  /** The same table, with its partitions, where other loads are known for them. */
  public Table weighing(Function<TableName, Optional<Load>> loads) {
    return new Table(
        name,
        oid,
        kind,
        owned,
        rows,
        loads.apply(name).orElse(load),
        lastAttnum,
        keys,
        columns,
        indexes,
        constraints,
        triggers,
        statistics,
        publications,
        incoming,
        dependents,
        followers,
        wholeRows,
        rights,
        new Partitioning(
            partitioning.above(),
            partitioning.key(),
            partitioning.partitions().stream().map(table -> table.weighing(loads)).toList()),
        traits);
  }

  /** What sort of relation a name stands for. */
  public enum Kind {
    ORDINARY,
    PARTITIONED,
    PARTITION,
    INHERITED,
    VIEW,
    FOREIGN,
    OTHER
  }

  /** Facts about a whole table. */
  public enum Trait {
    /** Row-level security is on. */
    ROW_SECURITY,
    /**
     * Its policies bind the connected role too, so that a statement which asks for all rows fails.
     */
    POLICIES_APPLY,
    /** The connected role is a member of the owner's role and does not inherit its rights. */
    MEMBER_ONLY,
    /** The connected role may not make anything in the table's schema. */
    SCHEMA_CLOSED,
    /** A publication sends its changes to subscribers. */
    PUBLISHED,
    /** A subscription writes into it what a publisher sends. */
    SUBSCRIBED,
    /** It is published with its updates, which the server refuses: they could name no row. */
    WITHOUT_IDENTITY,
    /** An update says which row it was by the whole row, not by a key. */
    IDENTIFIED_WHOLE,
    /** An update does not say which row it was: it could not be published. */
    UNIDENTIFIED,
    /** Not written to the log: a crash empties it. */
    UNLOGGED
  }
}
