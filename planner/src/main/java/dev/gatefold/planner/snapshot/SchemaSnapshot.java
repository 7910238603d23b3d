package dev.gatefold.planner.snapshot;

import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Load;
import dev.gatefold.planner.schema.Schema;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The schemas of a database as data, without rows and without secrets. Immutable.
 *
 * @param objects each after those that it needs
 * @param sizes of the tables, partitioned ones as a whole and by their parts
 * @param leftOut what no statement of ours makes again
 * @param underWay tables that a rollout of Gatefold's works on, which are between two shapes
 */
public record SchemaSnapshot(
    Source source,
    List<SnapshotObject> objects,
    List<TableSize> sizes,
    List<LeftOut> leftOut,
    List<String> underWay) {

  private static final int WORD =
      Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;

  public SchemaSnapshot {
    objects = List.copyOf(objects);
    sizes = List.copyOf(sizes);
    leftOut = List.copyOf(leftOut);
    underWay = List.copyOf(underWay);
  }

  /** The part that the named tables hang together with; see {@link Closure}. */
  public SchemaSnapshot closure(Collection<TableName> tables) {
    return new Closure(this).of(tables);
  }

  /** A picture that was read from a copy, as the original would have given it. */
  public Schema asOriginal(Schema copy) {
    Map<TableName, Load> loads = new HashMap<>();
    sizes.forEach(size -> loads.put(TableName.parse(size.table()), size.load()));
    return new Schema(
        new Schema.Server(source.version(), copy.server().skipsUserTriggers()),
        copy.tables().stream()
            .map(table -> table.weighing(name -> Optional.ofNullable(loads.get(name))))
            .toList(),
        copy.probes(),
        copy.drafts());
  }

  /** The relations whose names stand in a text as words, as whoever wrote it may mean them. */
  public Set<TableName> mentioned(String text) {
    return objects.stream()
        .filter(object -> Kind.isRelation(object.kind()))
        .map(object -> TableName.parse(object.identity()))
        .filter(table -> isWord(table.name().value(), text))
        .collect(Collectors.toSet());
  }

  private static boolean isWord(String name, String text) {
    return Pattern.compile("(?<![\\w$])" + Pattern.quote(name) + "(?![\\w$])", WORD)
        .matcher(text)
        .find();
  }

  /**
   * Where it comes from.
   *
   * @param version the major version of the server, such as 17
   * @param encoding of the database
   * @param role who read it, and for whom a plan from it is made
   * @param searchPath on which that role finds names
   */
  public record Source(int version, String encoding, String role, String searchPath) {}

  /**
   * What the server knew of one table.
   *
   * @param rows its estimate as of its last look; negative where it never looked
   * @param pages of 8 KiB, as of the same look
   */
  public record TableSize(String table, long rows, long pages, Load load) {}

  /** An object that is missing, and why. */
  public record LeftOut(String object, String why) {}
}
