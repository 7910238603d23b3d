package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * NOT NULL of a column under the name that it had. Servers from 18 on name it, and keep the name
 * whatever becomes of the column's; up to 17 there is no such name.
 */
public final class NotNulls {

  private final Dialect dialect;
  private final Table table;

  public NotNulls(Dialect dialect, Table table) {
    this.dialect = dialect;
    this.table = table;
  }

  /** The constraint that refuses NULL in a column, on servers that know it by a name. */
  public Optional<Constraint> named(int attnum) {
    return table.constraints().stream()
        .filter(constraint -> constraint.kind() == Constraint.Kind.NOT_NULL)
        .filter(constraint -> constraint.columns().contains(attnum))
        .findFirst();
  }

  /** Lets a column refuse NULL as the one with this number did, or under the server's own name. */
  public List<String> set(int attnum, Identifier column) {
    Optional<Constraint> named = named(attnum);
    if (named.isEmpty()) {
      return List.of(dialect.setNotNull(name(), column));
    }
    Constraint constraint = named.get();
    List<String> sql = new ArrayList<>();
    sql.add(
        dialect.addNotNull(
            name(), constraint.name(), column, !constraint.definition().endsWith(" NO INHERIT")));
    constraint
        .comment()
        .ifPresent(text -> sql.add(dialect.commentOnConstraint(name(), constraint.name(), text)));
    return sql;
  }

  /**
   * The same under a name for the time being, beside the old column's: of partitions that were
   * attached with names of their own, the server lets nobody rename it.
   */
  List<String> setBeside(Identifier constraint, Identifier column) {
    return List.of(dialect.addNotNull(name(), constraint, column, true));
  }

  /** Gives it the old column's name, once that is gone; no scan where a check says so already. */
  List<String> renew(int attnum, Identifier column) {
    List<String> sql = new ArrayList<>();
    sql.add(dialect.dropNotNull(name(), column));
    sql.addAll(set(attnum, column));
    return sql;
  }

  private TableName name() {
    return table.name();
  }
}
