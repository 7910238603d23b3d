package dev.gatefold.planner.hazard;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Plan.Leaving;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.replacement.TableReplacement;
import dev.gatefold.planner.schema.Index;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A plan as the checks look at it.
 *
 * @param named the tables that the change names
 * @param replacements columns that give way to others
 * @param works the steps of everything else
 * @param leaving what goes with nothing in its place
 * @param stages all of the plan
 */
public record Scene(
    Schema schema,
    Set<TableName> named,
    List<TableReplacement> replacements,
    List<Work> works,
    List<Leaving> leaving,
    List<Stage> stages) {

  private static final Pattern ADD_COLUMN = Pattern.compile("^ALTER TABLE ADD COLUMN ");
  private static final Pattern DROP_COLUMN = Pattern.compile("^ALTER TABLE DROP COLUMN ");

  private static final Pattern CREATE =
      Pattern.compile("^CREATE (?:UNLOGGED TABLE|TABLE|(?:OR REPLACE )?VIEW) ");
  private static final Pattern CREATE_INDEX = Pattern.compile("^CREATE (?:UNIQUE )?INDEX ");
  private static final Pattern DROP_CONSTRAINT =
      Pattern.compile("^ALTER TABLE DROP CONSTRAINT (" + Action.NAME + ")");
  private static final Pattern ADD_CONSTRAINT =
      Pattern.compile("^ALTER TABLE ADD CONSTRAINT (" + Action.NAME + ") ");

  public Scene {
    replacements = List.copyOf(replacements);
    works = List.copyOf(works);
    leaving = List.copyOf(leaving);
    named = Set.copyOf(named);
    stages = List.copyOf(stages);
  }

  /**
   * The steps of one operation in one stage.
   *
   * @param unproven whether they are a user's own SQL
   * @param actions what their statements do, in order: each check asks for them
   */
  public record Work(StageName stage, boolean unproven, List<Step> steps, List<Action> actions) {
    public Work {
      steps = List.copyOf(steps);
      actions = List.copyOf(actions);
    }

    /** Of steps as they are planned. */
    public static Work of(StageName stage, boolean unproven, List<Step> steps) {
      return new Work(
          stage,
          unproven,
          steps,
          steps.stream()
              .flatMap(step -> step.sql().stream())
              .flatMap(sql -> Statements.actions(stage, unproven, sql).stream())
              .toList());
    }
  }

  /**
   * A column that comes or goes.
   *
   * @param first the stage from which on applications can notice
   */
  record Touch(TableName table, Identifier column, StageName first) {}

  /** What all the other operations do, in order. */
  Stream<Action> actions() {
    return works.stream().flatMap(work -> work.actions().stream());
  }

  Stream<Action> actions(Pattern pattern) {
    return actions().filter(action -> action.is(pattern));
  }

  /** The same of a user's own SQL alone. */
  Stream<Action> unproven(Pattern pattern) {
    return actions(pattern).filter(Action::unproven);
  }

  Stream<Touch> added() {
    return Stream.concat(replaced(StageName.EXPAND), actions(ADD_COLUMN).flatMap(Scene::touch));
  }

  /** What leaves is out of reach before it is dropped. */
  Stream<Touch> dropped() {
    return Stream.of(
            replaced(StageName.DROP),
            leaving.stream()
                .flatMap(
                    it ->
                        it.column().stream()
                            .map(column -> new Touch(it.table(), column, StageName.RETIRE))),
            unproven(DROP_COLUMN).flatMap(Scene::touch))
        .flatMap(touches -> touches);
  }

  private Stream<Touch> replaced(StageName stage) {
    return replacements.stream()
        .flatMap(
            table ->
                table.olds().stream()
                    .map(old -> new Touch(table.table().name(), old.name(), stage)));
  }

  private static Stream<Touch> touch(Action action) {
    return action.table().stream()
        .flatMap(
            table ->
                action.column().stream().map(column -> new Touch(table, column, action.stage())));
  }

  /** The rows of tables that others take the place of. */
  Stream<RowMapping> copied() {
    return works.stream()
        .flatMap(work -> work.steps().stream())
        .flatMap(
            step ->
                step instanceof Step.BackfillRows rows ? Stream.of(rows.rows()) : Stream.empty())
        .filter(rows -> rows.copy().isPresent());
  }

  /** Those others, and the old tables under their hidden names. */
  private Stream<TableName> copies() {
    return works.stream()
        .flatMap(work -> work.steps().stream())
        .flatMap(
            step -> step instanceof Step.VerifyRows rows ? Stream.of(rows.rows()) : Stream.empty())
        .flatMap(
            rows -> rows.copy().stream().flatMap(copy -> Stream.of(rows.table(), copy.table())))
        .filter(name -> !named.contains(name));
  }

  /** Whether columns of the table give way to others. */
  boolean replaces(TableName table) {
    return replacements.stream().anyMatch(it -> it.table().name().equals(table));
  }

  /** A user's own SQL, as it was written. */
  Stream<String> ownSql() {
    return works.stream()
        .filter(Work::unproven)
        .flatMap(work -> work.steps().stream())
        .flatMap(step -> step.sql().stream());
  }

  /** The same in canonical words, statement by statement. */
  Stream<String> ownStatements() {
    return ownSql().flatMap(sql -> Statements.statements(sql).stream());
  }

  /** Whether it is about a column, or a table, that the change itself makes. */
  boolean isNew(Action action) {
    return actions(ADD_COLUMN)
            .flatMap(Scene::touch)
            .anyMatch(
                touch ->
                    action.table().equals(Optional.of(touch.table()))
                        && action.column().equals(Optional.of(touch.column())))
        || action.table().filter(this::isMade).isPresent();
  }

  /**
   * Whether the change makes the table or view, or gives it the name, under which it is asked for.
   */
  boolean isMade(TableName name) {
    return copies().anyMatch(name::equals)
        || actions(CREATE).anyMatch(made -> made.table().equals(Optional.of(name)))
        || leaving.stream()
            .anyMatch(it -> new TableName(it.table().schema(), it.hidden()).equals(name));
  }

  /**
   * Whether a constraint is there before the change, and is not only put in its place on the way.
   */
  boolean stays(Action action, String constraint) {
    return actions(ADD_CONSTRAINT)
        .noneMatch(
            added ->
                added.table().equals(action.table())
                    && added.group(ADD_CONSTRAINT).equals(Optional.of(constraint)));
  }

  /** Whether it adds a constraint that is dropped again on the way. */
  boolean isPassing(Action action) {
    Optional<String> name = action.group(ADD_CONSTRAINT);
    return name.isPresent()
        && actions(DROP_CONSTRAINT)
            .anyMatch(
                dropped ->
                    dropped.table().equals(action.table())
                        && dropped.group(DROP_CONSTRAINT).equals(name));
  }

  /** The columns that each index of a table, or of the change on it, begins with. */
  Stream<List<String>> leading(TableName table) {
    return Stream.concat(
            table(table).stream().flatMap(it -> it.indexes().stream()).map(Index::definition),
            actions(CREATE_INDEX)
                .filter(action -> action.table().equals(Optional.of(table)))
                .map(Action::text))
        .map(Statements::leading);
  }

  Optional<Table> table(TableName name) {
    return schema.table(name);
  }

  Optional<Table> table(Action action) {
    return action.table().flatMap(this::table);
  }

  Weight weight(TableName name) {
    return table(name).map(Weight::of).orElse(Weight.UNKNOWN);
  }

  Weight weight(Action action) {
    return table(action).map(Weight::of).orElse(Weight.UNKNOWN);
  }
}
