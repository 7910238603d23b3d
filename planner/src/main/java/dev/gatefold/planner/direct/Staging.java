package dev.gatefold.planner.direct;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.operation.Planned.TableColumn;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Plan.Claim;
import dev.gatefold.planner.plan.Plan.Leaving;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.replacement.Fill;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what an operation does, stage by stage. Used once, by one thread. */
final class Staging {

  private final List<Claim> claims = new ArrayList<>();
  private final Set<TableColumn> columns = new LinkedHashSet<>();
  private final Map<StageName, List<Step>> steps = new EnumMap<>(StageName.class);
  private final List<Hazard> hazards = new ArrayList<>();
  private final List<String> deploys = new ArrayList<>();
  private final List<Leaving> leaving = new ArrayList<>();
  private final List<Fill> fills = new ArrayList<>();

  Staging claim(Claim claim) {
    claims.add(claim);
    return this;
  }

  /** Columns that it reads or makes: they cannot give way to others in the same change. */
  Staging reads(TableName table, Collection<Identifier> names) {
    names.forEach(name -> columns.add(new TableColumn(table, name)));
    return this;
  }

  Staging in(StageName stage, List<Step> more) {
    steps.computeIfAbsent(stage, none -> new ArrayList<>()).addAll(more);
    return this;
  }

  Staging in(StageName stage, Step... more) {
    return in(stage, List.of(more));
  }

  Staging hazard(Hazard hazard) {
    hazards.add(hazard);
    return this;
  }

  /** What applications must do, for people. */
  Staging deploy(String sentence) {
    deploys.add(sentence);
    return this;
  }

  /** What applications have to do without: the gates of retire and drop look who uses it. */
  Staging leaving(Leaving what) {
    leaving.add(what);
    return this;
  }

  /** A new column to fill, together with all others of its table. */
  Staging fill(Fill fill) {
    fills.add(fill);
    return this;
  }

  /** All that another operation, which this one has made of itself, asks for. */
  Staging with(Planned.Staged other) {
    other.claims().forEach(this::claim);
    columns.addAll(other.columns());
    other.steps().forEach(this::in);
    hazards.addAll(other.hazards());
    deploys.addAll(other.deploys());
    leaving.addAll(other.leaving());
    fills.addAll(other.fills());
    return this;
  }

  Planned planned() {
    return new Planned.Staged(claims, columns, steps, hazards, deploys, leaving, fills);
  }
}
