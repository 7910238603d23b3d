package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An index of an ordinary table, built and dropped beside traffic.
 *
 * @param isTheTable whether the name means the table that the plan was made for
 */
public record OnlineIndex(Dialect dialect, TableName table, Check isTheTable) {

  /**
   * What to build.
   *
   * @param definition what follows the table, from USING on
   * @param like comment and statistics targets, by which a finished build is known, too
   * @param culprits a query for the rows that stand in the way
   */
  public record Wanted(boolean unique, String definition, Index like, Optional<String> culprits) {}

  /**
   * Builds it. The undo stands also where this is itself part of one: a rollback that cannot go on
   * must not leave an index that refuses writes.
   */
  public Step create(String id, Identifier name, Wanted wanted) {
    return new Step.OnlineDdl(
        id,
        "build index",
        statements(name, wanted),
        LockMode.SHARE_UPDATE_EXCLUSIVE,
        List.of(table),
        List.of(isTheTable),
        dialect.indexIsValid(table, name, wanted.like()),
        List.of(dialect.dropIndexOnline(table, name)),
        wanted.culprits(),
        Undo.by(drop(id + ".undo", name, new Undo.Nothing())));
  }

  /** The index with all that belongs to it. */
  public List<String> statements(Identifier name, Wanted wanted) {
    List<String> sql = new ArrayList<>();
    sql.add(dialect.createIndex(table, name, wanted.unique(), wanted.definition()));
    wanted.like().targets().forEach(target -> sql.add(dialect.setIndexTarget(table, name, target)));
    wanted.like().comment().ifPresent(text -> sql.add(dialect.commentOnIndex(table, name, text)));
    return sql;
  }

  public Step drop(String id, Identifier name, Undo undo) {
    return new Step.OnlineDdl(
        id,
        "drop index",
        List.of(dialect.dropIndexOnline(table, name)),
        LockMode.SHARE_UPDATE_EXCLUSIVE,
        List.of(table),
        List.of(),
        dialect.indexIsGone(table, name),
        List.of(),
        undo);
  }
}
