package dev.gatefold.planner.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What will be done, as data.
 *
 * @param claims what no other change may touch meanwhile: the columns, under their old and new
 *     names, and by their names the objects that come over with them
 * @param deploys what applications must do between the stages, in order, for people
 * @param leaving what goes for good with nothing in its place; left out of the JSON where nothing
 *     does, as in plans of versions that knew none
 * @param survey what was seen of the tables and what was not, for people; empty where an earlier
 *     version made the plan
 */
public record Plan(
    ChangeName change,
    BackfillSettings backfill,
    List<Stage> stages,
    List<Claim> claims,
    List<Hazard> hazards,
    List<String> deploys,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Leaving> leaving,
    @JsonInclude(Include.NON_ABSENT) Optional<Survey> survey)
    implements Planning {

  public Plan {
    stages = List.copyOf(stages);
    claims = List.copyOf(claims);
    hazards = List.copyOf(hazards);
    deploys = List.copyOf(deploys);
    leaving = List.copyOf(Objects.requireNonNullElse(leaving, List.of()));
    // A plan that an earlier version stored has none.
    survey = Objects.requireNonNullElse(survey, Optional.empty());
    requireUniqueIds(stages);
  }

  /** A step whose id another one has would pass for done. */
  private static void requireUniqueIds(List<Stage> stages) {
    Set<String> ids = new HashSet<>();
    stages.stream()
        .flatMap(stage -> stage.steps().stream())
        .flatMap(step -> Stream.concat(Stream.of(step), step.undo().steps().stream()))
        .map(Step::id)
        .filter(id -> !ids.add(id))
        .findFirst()
        .ifPresent(
            id -> {
              throw new IllegalArgumentException("two steps of the plan have the id " + id);
            });
  }

  /**
   * A column, or another object by its name, that the plan works on or will make.
   *
   * @param oid the table's; zero where there is no table, or none yet
   * @param onlyReferring whether it does no more than refer to one that changes
   */
  public record Claim(TableName table, long oid, Identifier column, boolean onlyReferring) {}

  /**
   * A column, or a whole table, that applications have to do without: out of reach from {@code
   * retire} on, and gone with {@code drop}.
   *
   * @param table the table, under the name that applications know
   * @param column empty where the whole table goes
   * @param hidden what it is called from {@code retire} on; its own name where it is denied instead
   */
  public record Leaving(
      TableName table, long oid, Optional<Identifier> column, Identifier hidden) {}

  /** The OIDs of the tables that it works on; one that it makes has none yet. */
  @JsonIgnore
  public List<Long> tables() {
    return claims.stream()
        .filter(claim -> !claim.onlyReferring() && claim.oid() != 0)
        .map(Claim::oid)
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether a change feed keeps columns in step: of two, one is served at a time. */
  public boolean fed() {
    return stages.stream()
        .flatMap(stage -> stage.steps().stream())
        .anyMatch(
            step ->
                step instanceof Step.BriefDdl ddl
                    && ddl.syncs().stream().anyMatch(sync -> sync.feed().isPresent()));
  }

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

  /** The stage before the given one; empty before the first. */
  public Optional<StageName> before(StageName stage) {
    return stages.stream()
        .map(Stage::name)
        .filter(earlier -> earlier.compareTo(stage) < 0)
        .reduce((earlier, later) -> later);
  }

  /** The same plan, made by somebody who could not see that much. */
  public Plan withUnseen(List<String> more) {
    Survey seen = survey.orElse(Survey.NONE);
    List<String> unseen = Stream.concat(more.stream(), seen.unseen().stream()).toList();
    return new Plan(
        change,
        backfill,
        stages,
        claims,
        hazards,
        deploys,
        leaving,
        Optional.of(new Survey(seen.tables(), unseen)));
  }

  /**
   * A hash of all that the plan does: equal plans have equal fingerprints. What was seen of the
   * traffic, and how severe a hazard is for it, differs from hour to hour and is left out.
   */
  @JsonIgnore
  public String fingerprint() {
    // One that an earlier version made keeps the fingerprint that people have approved.
    return PlanJson.fingerprint(
        survey.isEmpty()
            ? this
            : new Plan(
                change, backfill, stages, claims, List.of(), deploys, leaving, Optional.empty()));
  }
}
