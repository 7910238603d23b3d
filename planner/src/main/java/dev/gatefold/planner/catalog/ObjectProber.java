package dev.gatefold.planner.catalog;

import dev.gatefold.planner.change.TypeTrade;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.ExtendedStatistics;
import dev.gatefold.planner.schema.Index;
import dev.gatefold.planner.schema.Publication;
import dev.gatefold.planner.schema.SqlTemplate;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe.ObjectKind;
import dev.gatefold.planner.schema.TableProbe.ObjectProbe;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds indexes, CHECK and UNIQUE constraints, statistics and row filters of changed columns on
 * the old clone, lets the server print them with the names of probes, and tries the result on the
 * new clone.
 */
final class ObjectProber {

  private static final Set<Constraint.Kind> COPIED =
      Set.of(Constraint.Kind.CHECK, Constraint.Kind.UNIQUE);

  /** An object of the table and what its copies are called. */
  private record Draft(ObjectKind kind, Identifier name, String copy, boolean unique) {
    String on(Clone clone) {
      return copy + "_on_" + clone.name();
    }
  }

  private final Session session;
  private final Clone old;
  private final Clone renewed;
  private final List<TypeTrade> trades;
  private final ObjectTexts texts;
  private final Map<Draft, Probed<String>> drafts = new LinkedHashMap<>();

  ObjectProber(Session session, Clone old, Clone renewed, List<TypeTrade> trades) {
    this.session = session;
    this.old = old;
    this.renewed = renewed;
    this.trades = trades;
    this.texts = new ObjectTexts(session);
  }

  /** Copies what reads a changed column to the old clone, whose columns have their own names. */
  void copy(Table table, Set<Integer> changed) throws SQLException {
    Map<String, String> indexes = texts.indexes(table.oid());
    for (Index index : table.indexes()) {
      if (!Collections.disjoint(index.columns(), changed)) {
        copy(ObjectKind.INDEX, index.name(), index.unique(), indexes);
      }
    }
    Map<String, String> constraints = texts.constraints(table.oid());
    for (Constraint constraint : table.constraints()) {
      if (COPIED.contains(constraint.kind())
          && !Collections.disjoint(constraint.columns(), changed)) {
        copy(ObjectKind.CONSTRAINT, constraint.name(), false, constraints);
      }
    }
    Map<String, String> statistics = texts.statisticsByOid(table.oid());
    for (ExtendedStatistics object : table.statistics()) {
      if (!Collections.disjoint(object.columns(), changed)) {
        copy(ObjectKind.STATISTICS, object.probe(), false, statistics);
      }
    }
    Map<String, String> filters = new PublicationCatalog(session).filters(table.oid());
    for (Publication publication : table.publications()) {
      if (publication.filtered() && !Collections.disjoint(publication.columns(), changed)) {
        copy(ObjectKind.ROW_FILTER, publication.name(), false, filters);
      }
    }
  }

  /** The copies' texts, once the changed columns of both clones have the names of probes. */
  List<ObjectProbe> finish() throws SQLException {
    Map<String, String> indexes = texts.indexes(old.oid());
    Map<String, String> constraints = texts.constraints(old.oid());
    Map<String, String> statistics = texts.statistics(old.oid());
    List<ObjectProbe> probes = new ArrayList<>();
    for (Map.Entry<Draft, Probed<String>> entry : drafts.entrySet()) {
      Draft draft = entry.getKey();
      Map<String, String> printed =
          switch (draft.kind()) {
            case INDEX -> indexes;
            case STATISTICS -> statistics;
            case CONSTRAINT, ROW_FILTER, INCOMING_FOREIGN_KEY -> constraints;
          };
      Optional<Probed.Rejected<?>> refused = Rejections.rejection(entry.getValue());
      probes.add(
          new ObjectProbe(
              draft.kind(),
              draft.name(),
              refused.isPresent()
                  ? Rejections.of(refused.get())
                  : proven(draft, Optional.ofNullable(printed.get(draft.on(old))))));
    }
    return probes;
  }

  /** What the checks ask, once all columns of the old clone have the names of probes. */
  Map<Identifier, SqlTemplate> conditions() throws SQLException {
    Map<String, String> printed = texts.conditions(old.oid());
    Map<Identifier, SqlTemplate> conditions = new HashMap<>();
    for (Draft draft : drafts.keySet()) {
      Optional.ofNullable(printed.get(draft.on(old)))
          .filter(text -> draft.kind() == ObjectKind.CONSTRAINT)
          .ifPresent(text -> conditions.put(draft.name(), new SqlTemplate(text)));
    }
    return conditions;
  }

  private void copy(
      ObjectKind kind, Identifier name, boolean unique, Map<String, String> definitions)
      throws SQLException {
    String copy = "gatefold_object_" + drafts.size();
    Draft draft = new Draft(kind, name, copy, unique);
    Optional<String> definition = Optional.ofNullable(definitions.get(name.value()));
    if (definition.isEmpty() || definition.get().contains(SqlTemplate.COLUMN)) {
      drafts.put(
          draft, Rejections.of(Rejections.NOT_SUPPORTED, "its definition cannot be taken apart"));
      return;
    }
    drafts.put(draft, build(draft, old, definition.get()));
  }

  private Probed<SqlTemplate> proven(Draft draft, Optional<String> printed) throws SQLException {
    if (printed.isEmpty()) {
      return Rejections.of(Rejections.NOT_SUPPORTED, "its definition cannot be taken apart");
    }
    // A type that gives way to another does so in casts, too.
    String definition = printed.get();
    for (TypeTrade trade : trades) {
      definition = trade.toNew(definition);
    }
    Probed<String> proof = build(draft, renewed, definition);
    Optional<Probed.Rejected<?>> refused = Rejections.rejection(proof);
    return refused.isPresent()
        ? Rejections.of(refused.get())
        : new Probed.Accepted<>(new SqlTemplate(definition));
  }

  private Probed<String> build(Draft draft, Clone clone, String definition) throws SQLException {
    String statement =
        switch (draft.kind()) {
          case INDEX ->
              "CREATE %sINDEX %s ON %s %s"
                  .formatted(
                      draft.unique() ? "UNIQUE " : "", draft.on(clone), clone.sql(), definition);
          case STATISTICS ->
              "CREATE STATISTICS pg_temp.%s %s FROM %s"
                  .formatted(draft.on(clone), definition, clone.sql());
          // The condition of a row filter is printed as that of a check is.
          case CONSTRAINT, ROW_FILTER, INCOMING_FOREIGN_KEY ->
              "ALTER TABLE %s ADD CONSTRAINT %s %s"
                  .formatted(clone.sql(), draft.on(clone), definition);
        };
    return session.attempt(
        () -> {
          session.execute(statement);
          return definition;
        });
  }
}
