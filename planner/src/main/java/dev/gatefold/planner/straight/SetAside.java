package dev.gatefold.planner.straight;

import dev.gatefold.planner.change.TypeTrade;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Follower;
import dev.gatefold.planner.schema.Index;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What keeps the server from changing the type of a column, or would not outlive it: it goes before
 * and comes again after it, as it was.
 */
final class SetAside {

  private final Dialect dialect;
  private final List<TypeTrade> trades;
  private final List<AlteredColumn> retyped;
  private final Collection<Table> tables;
  private final List<Follower> followers;

  SetAside(Dialect dialect, List<TypeTrade> trades, List<AlteredColumn> retyped) {
    this.dialect = dialect;
    this.trades = trades;
    this.retyped = retyped;
    Map<TableName, Table> known = new LinkedHashMap<>();
    retyped.forEach(column -> known.put(column.name(), column.table()));
    this.tables = known.values();
    this.followers = followers();
  }

  /** Those that read a column, and the views over these. */
  private List<Follower> followers() {
    Map<String, Follower> found = new LinkedHashMap<>();
    for (Table table : tables) {
      Set<String> views = new HashSet<>();
      for (Follower follower : table.followers()) {
        if (reads(table, follower.columns()) || !Collections.disjoint(views, follower.over())) {
          views.add(follower.identity());
          found.putIfAbsent(follower.identity(), follower);
        }
      }
    }
    return List.copyOf(found.values());
  }

  private boolean reads(Table table, Set<Integer> attnums) {
    return retyped.stream()
        .anyMatch(column -> column.table().equals(table) && column.reads(attnums));
  }

  /** What would stay in the way. */
  List<Reason> reasons() {
    return Stream.concat(
            followers.stream()
                .filter(follower -> follower.kind() != Follower.Kind.VIEW && !isOfView(follower))
                .map(follower -> reason(follower.identity(), follower.identity())),
            tables.stream()
                .flatMap(
                    table ->
                        table.publications().stream()
                            .filter(publication -> reads(table, publication.columns()))
                            .map(
                                publication ->
                                    reason(
                                        table.name().toString(),
                                        "publication " + publication.name()))))
        .toList();
  }

  private static Reason reason(String object, String what) {
    return new Reason(
        "no-straight-way",
        object,
        what + " reads a column, whose type the server does not change while it does",
        "Drop it in a change before this one, and make it again after it.");
  }

  /** A rule on a view goes and comes with it. */
  private boolean isOfView(Follower rule) {
    return rule.kind() == Follower.Kind.RULE
        && followers.stream()
            .anyMatch(
                view ->
                    view.kind() == Follower.Kind.VIEW && view.relation().equals(rule.relation()));
  }

  private List<Follower> views() {
    return followers.stream().filter(follower -> follower.kind() == Follower.Kind.VIEW).toList();
  }

  List<String> away() {
    List<String> sql = new ArrayList<>();
    List<Follower> views = views();
    for (int i = 0; i < views.size(); i++) {
      sql.add(dialect.noteDefinition(views.get(i), true, Optional.empty(), i + 1));
    }
    if (!views.isEmpty()) {
      List<TableName> outermostFirst =
          new ArrayList<>(views.stream().map(Follower::relation).toList());
      Collections.reverse(outermostFirst);
      sql.add(dialect.dropViews(outermostFirst));
    }
    for (Table table : tables) {
      indexes(table).forEach(index -> sql.add(dialect.dropIndex(table.name(), index.name())));
      constraints(table)
          .forEach(constraint -> sql.add(dialect.dropConstraint(table.name(), constraint.name())));
    }
    return sql;
  }

  List<String> back() {
    Again again = new Again(dialect);
    List<String> sql = new ArrayList<>();
    for (Table table : tables) {
      constraints(table)
          .forEach(constraint -> sql.addAll(again.constraint(table.name(), constraint)));
      indexes(table).forEach(index -> sql.addAll(again.index(table.name(), index)));
    }
    List<Follower> views = views();
    for (int i = 0; i < views.size(); i++) {
      sql.add(dialect.makeNoted(views.get(i), i + 1));
    }
    return sql;
  }

  /** Those that name a type which is another one after it: the server would look for the old. */
  private List<Index> indexes(Table table) {
    return table.indexes().stream()
        .filter(index -> reads(table, index.columns()) && index.constraint().isEmpty())
        .filter(index -> namesTraded(index.definition()))
        .toList();
  }

  private List<Constraint> constraints(Table table) {
    return table.constraints().stream()
        .filter(constraint -> reads(table, constraint.columns()))
        .filter(constraint -> hasToGo(table, constraint))
        .toList();
  }

  private boolean hasToGo(Table table, Constraint constraint) {
    return switch (constraint.kind()) {
      case CHECK -> namesTraded(constraint.definition());
      case FOREIGN_KEY -> changesAtBothEnds(table, constraint);
      default -> false;
    };
  }

  private boolean namesTraded(String definition) {
    return trades.stream().anyMatch(trade -> !trade.toNew(definition).equals(definition));
  }

  /** Between one end and the other the server would find no way to compare them. */
  private boolean changesAtBothEnds(Table child, Constraint key) {
    return tables.stream()
        .filter(parent -> !parent.equals(child))
        .anyMatch(
            parent ->
                parent.incoming().stream()
                    .filter(incoming -> incoming.child().equals(child.name()))
                    .filter(incoming -> incoming.name().equals(key.name()))
                    .anyMatch(incoming -> reads(parent, incoming.columns())));
  }
}
