package dev.gatefold.planner;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.IncomingForeignKey;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Foreign keys both of whose ends give way in one change. The table that refers goes first: when
 * the other one swaps its columns, it drops the old foreign key and keeps the new one, whose other
 * end has its final name by then.
 */
final class Kinship {

  private record Link(TableName child, TableName parent, Identifier key) {}

  private final Map<TableName, Set<Integer>> changed;
  private final List<Link> links;

  /**
   * The kinship of the tables of a change.
   *
   * @param changed the columns of each that give way, by number
   */
  Kinship(Schema schema, Map<TableName, Set<Integer>> changed) {
    this.changed = Map.copyOf(changed);
    this.links =
        changed.keySet().stream()
            .sorted()
            .flatMap(name -> schema.table(name).stream())
            .flatMap(parent -> links(schema, parent))
            .toList();
  }

  private Stream<Link> links(Schema schema, Table parent) {
    return parent.incoming().stream()
        .filter(key -> !key.child().equals(parent.name()))
        .filter(key -> !Collections.disjoint(key.columns(), columns(parent.name())))
        .filter(key -> schema.table(key.child()).filter(child -> gives(child, key)).isPresent())
        .map(key -> new Link(key.child(), parent.name(), key.name()));
  }

  private boolean gives(Table child, IncomingForeignKey key) {
    return key.childColumns().stream()
        .flatMap(column -> child.column(column).stream())
        .anyMatch(column -> columns(child.name()).contains(column.attnum()));
  }

  private Set<Integer> columns(TableName table) {
    return changed.getOrDefault(table, Set.of());
  }

  /** The table's own foreign keys to others of the change. */
  Set<Identifier> keys(TableName child) {
    return links.stream()
        .filter(link -> link.child().equals(child))
        .map(Link::key)
        .collect(Collectors.toSet());
  }

  /**
   * All tables, who refers before those that it refers to; by name where they do so in a circle.
   */
  List<TableName> order() {
    List<TableName> rest = new ArrayList<>(changed.keySet().stream().sorted().toList());
    List<TableName> order = new ArrayList<>();
    while (!rest.isEmpty()) {
      TableName next =
          rest.stream().filter(name -> isFree(name, rest)).findFirst().orElse(rest.get(0));
      order.add(next);
      rest.remove(next);
    }
    return order;
  }

  private boolean isFree(TableName parent, Collection<TableName> rest) {
    return links.stream()
        .noneMatch(link -> link.parent().equals(parent) && rest.contains(link.child()));
  }

  /** There is no order in which tables that refer to each other could go. */
  List<Reason> circles() {
    List<TableName> order = order();
    return links.stream()
        .filter(link -> order.indexOf(link.child()) > order.indexOf(link.parent()))
        .map(
            link ->
                new Reason(
                    "references-in-a-circle",
                    link.child().toString(),
                    "foreign key %s refers to %s, which refers to this table in turn, and both ends give way"
                        .formatted(link.key(), link.parent()),
                    "Drop one of the foreign keys before, and add it again after the change."))
        .toList();
  }
}
