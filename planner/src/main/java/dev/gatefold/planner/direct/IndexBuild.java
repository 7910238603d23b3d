package dev.gatefold.planner.direct;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.replacement.OnlineIndex;
import dev.gatefold.planner.schema.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Builds an index beside traffic and gives it its name, or makes a constraint of it.
 *
 * <p>It is built under a name of ours: what a failed build leaves is dropped before the next
 * attempt, and under a name of the users' that might be an index of theirs.
 */
final class IndexBuild {

  /**
   * What the index becomes once it is built.
   *
   * @param columns what the index orders by
   */
  record Constraint(
      boolean primary, List<Identifier> columns, String deferral, String definition) {}

  /**
   * An index to build.
   *
   * @param definition what follows the table, from USING on
   * @param constraint what it becomes, if more than an index
   * @param like comment, statistics targets and marks that it is to have
   * @param culprits a query for the rows that stand in the way
   */
  record Wanted(
      Identifier name,
      boolean unique,
      String definition,
      Optional<Constraint> constraint,
      Optional<Index> like,
      Optional<String> constraintComment,
      Optional<String> culprits) {}

  private final TableWork work;
  private final Dialect dialect;
  private final OnlineIndex online;

  IndexBuild(TableWork work) {
    this.work = work;
    this.dialect = work.dialect();
    this.online = new OnlineIndex(dialect, work.name(), work.isTheTable());
  }

  /**
   * The steps, each of which can be taken back.
   *
   * @param suffix {@code .undo} where they are part of an undo
   */
  List<Step> steps(String id, String suffix, Wanted wanted) {
    return work.partitioned()
        ? new PartitionedIndexBuild(work).steps(id, suffix, wanted)
        : List.of(
            create(id + suffix, building(wanted), wanted), finish(id + ".name" + suffix, wanted));
  }

  /**
   * An index of an ordinary table as it was, for an undo: a rollback that was stopped asks for it
   * again, and must find that it is there.
   */
  List<Step> again(String id, Wanted wanted) {
    Identifier building = building(wanted);
    List<String> sql = new ArrayList<>(online.statements(building, online(wanted)));
    sql.add(dialect.renameIndex(work.name(), building, wanted.name()));
    List<Step> steps = new ArrayList<>();
    steps.add(
        new Step.OnlineDdl(
            id,
            "build index",
            sql,
            LockMode.SHARE_UPDATE_EXCLUSIVE,
            List.of(work.name()),
            List.of(work.isTheTable()),
            dialect.indexIsValid(work.name(), wanted.name(), likeness(wanted)),
            List.of(dialect.dropIndexOnline(work.name(), building)),
            new Undo.Nothing()));
    if (!marks(wanted).isEmpty()) {
      steps.add(work.brief(id + ".marks", "mark index", marks(wanted), new Undo.Nothing()));
    }
    return steps;
  }

  /** The name that it has while it is built. */
  Identifier building(Wanted wanted) {
    return work.names().building("index", wanted.name());
  }

  /** The index alone, under a name of ours. */
  Step create(String id, Identifier name, Wanted wanted) {
    return online.create(id, name, online(wanted));
  }

  /** Drops an index beside traffic. */
  Step drop(String id, Identifier name, Undo undo) {
    return online.drop(id, name, undo);
  }

  private static OnlineIndex.Wanted online(Wanted wanted) {
    return new OnlineIndex.Wanted(
        wanted.unique(), wanted.definition(), likeness(wanted), wanted.culprits());
  }

  private Step finish(String id, Wanted wanted) {
    Identifier building = building(wanted);
    if (wanted.constraint().isEmpty()) {
      List<String> sql = new ArrayList<>();
      sql.add(dialect.renameIndex(work.name(), building, wanted.name()));
      sql.addAll(marks(wanted));
      return work.brief(
          id,
          "name index",
          marks(wanted).isEmpty() ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE,
          List.of(work.name()),
          sql,
          List.of(),
          Undo.by(
              work.brief(
                  id + ".undo",
                  "give index its first name",
                  LockMode.SHARE_UPDATE_EXCLUSIVE,
                  List.of(work.name()),
                  List.of(dialect.renameIndex(work.name(), wanted.name(), building)),
                  List.of(),
                  new Undo.Nothing())));
    }
    return work.brief(
        id,
        "add constraint on the index",
        adopted(wanted, building),
        Undo.by(
            work.brief(
                id + ".undo",
                "drop constraint",
                List.of(dialect.dropConstraint(work.name(), wanted.name())),
                new Undo.Nothing())));
  }

  private List<String> adopted(Wanted wanted, Identifier building) {
    Constraint constraint = wanted.constraint().orElseThrow();
    List<String> sql = new ArrayList<>();
    sql.add(
        constraint.primary()
            ? dialect.adoptPrimaryKey(work.name(), wanted.name(), building, constraint.deferral())
            : dialect.adoptIndex(work.name(), wanted.name(), building, constraint.deferral()));
    wanted
        .constraintComment()
        .ifPresent(text -> sql.add(dialect.commentOnConstraint(work.name(), wanted.name(), text)));
    sql.addAll(marks(wanted));
    return sql;
  }

  /** What the table says of the index by name. */
  private List<String> marks(Wanted wanted) {
    List<String> sql = new ArrayList<>();
    wanted
        .like()
        .filter(Index::replicaIdentity)
        .ifPresent(like -> sql.add(dialect.identifyRowsBy(work.name(), wanted.name())));
    wanted
        .like()
        .filter(Index::clustered)
        .ifPresent(like -> sql.add(dialect.clusterAlong(work.name(), wanted.name())));
    return sql;
  }

  /** By which a finished build is known from an unfinished one. */
  private static Index likeness(Wanted wanted) {
    return wanted
        .like()
        .orElseGet(
            () ->
                new Index(
                    wanted.name(),
                    wanted.unique(),
                    false,
                    Set.of(),
                    Optional.empty(),
                    false,
                    false,
                    List.of(),
                    Optional.empty(),
                    wanted.definition(),
                    Optional.empty()));
  }
}
