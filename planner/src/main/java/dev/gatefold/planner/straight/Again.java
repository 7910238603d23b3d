package dev.gatefold.planner.straight;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Index;
import java.util.ArrayList;
import java.util.List;

/** What was dropped, made again as it was. */
record Again(Dialect dialect) {

  List<String> constraint(TableName table, Constraint constraint) {
    List<String> sql = new ArrayList<>();
    sql.add(dialect.addConstraint(table, constraint.name(), constraint.definition()));
    constraint
        .comment()
        .ifPresent(text -> sql.add(dialect.commentOnConstraint(table, constraint.name(), text)));
    return sql;
  }

  List<String> index(TableName table, Index index) {
    Identifier name = index.name();
    List<String> sql = new ArrayList<>();
    sql.add(dialect.tables().createIndex(table, name, index.unique(), index.definition()));
    index.targets().forEach(target -> sql.add(dialect.setIndexTarget(table, name, target)));
    index.comment().ifPresent(text -> sql.add(dialect.commentOnIndex(table, name, text)));
    if (index.replicaIdentity()) {
      sql.add(dialect.identifyRowsBy(table, name));
    }
    if (index.clustered()) {
      sql.add(dialect.clusterAlong(table, name));
    }
    return sql;
  }
}
