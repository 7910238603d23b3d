package dev.gatefold.planner.snapshot;

import dev.gatefold.planner.name.TableName;
import java.util.Collection;
import java.util.List;

/**
 * The schemas of a database as data, without rows and without secrets. Immutable.
 *
 * @param objects each after those that it needs
 * @param sizes of the tables that the server has looked at
 * @param leftOut what no statement of ours makes again
 * @param underWay tables that a rollout of Gatefold's works on, which are between two shapes
 */
public record SchemaSnapshot(
    Source source,
    List<SnapshotObject> objects,
    List<TableSize> sizes,
    List<LeftOut> leftOut,
    List<String> underWay) {

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
   * The server's estimate for one table, as of its last look.
   *
   * @param pages of 8 KiB
   */
  public record TableSize(String table, long rows, long pages) {}

  /** An object that is missing, and why. */
  public record LeftOut(String object, String why) {}
}
