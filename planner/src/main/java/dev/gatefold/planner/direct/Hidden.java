package dev.gatefold.planner.direct;

import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Plan.Claim;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.replacement.Names;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A table or view that is about to go: it gets a name that nobody knows first. */
final class Hidden {

  private final Site site;
  private final Table relation;
  private final TableName name;

  Hidden(Site site, Table relation) {
    this.site = site;
    this.relation = relation;
    this.name =
        new TableName(
            relation.name().schema(), new Names(site.change(), relation.name()).oldRelation());
  }

  TableName name() {
    return name;
  }

  /** All of it is claimed: whoever changes a column meanwhile would look for it by its name. */
  List<Claim> claims() {
    return Stream.concat(
            Stream.of(relation.name().name()),
            relation.columns().stream().map(column -> column.name()))
        .map(object -> new Claim(relation.name(), relation.oid(), object, false))
        .toList();
  }

  /** Out of reach, and back. */
  Step retire(String id, String kind, String there, String back) {
    return brief(
        id,
        "retire " + kind,
        relation.name(),
        there,
        Undo.by(brief(id + ".undo", "bring " + kind + " back", name, back, new Undo.Nothing())));
  }

  /** For good. */
  Step drop(String id, String kind, List<TableName> locked, String sql) {
    return new Step.BriefDdl(
        id,
        "drop " + kind,
        List.of(sql),
        LockMode.ACCESS_EXCLUSIVE,
        locked,
        List.of(site.dialect().tableIs(name, relation.oid())),
        Optional.empty(),
        new Undo.PointOfNoReturn("%s is dropped".formatted(relation.name())));
  }

  private Step brief(String id, String kind, TableName now, String sql, Undo undo) {
    return new Step.BriefDdl(
        id,
        kind,
        List.of(sql),
        LockMode.ACCESS_EXCLUSIVE,
        List.of(now),
        List.of(site.dialect().tableIs(now, relation.oid())),
        Optional.empty(),
        undo);
  }
}
