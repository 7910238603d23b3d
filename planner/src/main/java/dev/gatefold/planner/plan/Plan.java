package dev.gatefold.planner.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What will be done, as data.
 *
 * @param claims the columns that no other change may touch meanwhile
 * @param deploys what applications must do between the stages, in order, for people
 */
public record Plan(
    ChangeName change,
    BackfillSettings backfill,
    List<Stage> stages,
    List<Claim> claims,
    List<Hazard> hazards,
    List<String> deploys)
    implements Planning {

  public Plan {
    stages = List.copyOf(stages);
    claims = List.copyOf(claims);
    hazards = List.copyOf(hazards);
    deploys = List.copyOf(deploys);
  }

  /** A column that the plan works on, or will make. */
  public record Claim(TableName table, long oid, Identifier column) {}

  public Optional<Stage> stage(StageName name) {
    return stages.stream().filter(stage -> stage.name() == name).findFirst();
  }

  /** The stage after the given one, or the first. */
  public Optional<StageName> after(Optional<StageName> done) {
    return stages.stream()
        .map(Stage::name)
        .filter(stage -> done.isEmpty() || stage.compareTo(done.get()) > 0)
        .findFirst();
  }

  /** A hash of all that the plan does: equal plans have equal fingerprints. */
  @JsonIgnore
  public String fingerprint() {
    return PlanJson.fingerprint(this);
  }
}
