package dev.gatefold.planner.direct;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Plan.Claim;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.replacement.Names;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Steps on one table that exists. */
final class TableWork {

  private final Table table;
  private final Dialect dialect;
  private final Names names;
  private final int version;

  TableWork(Site site, Table table) {
    this.table = table;
    this.dialect = site.dialect();
    this.names = new Names(site.change(), table.name());
    this.version = site.version();
  }

  Table table() {
    return table;
  }

  TableName name() {
    return table.name();
  }

  Dialect dialect() {
    return dialect;
  }

  Names names() {
    return names;
  }

  /** The major version of the server. */
  int version() {
    return version;
  }

  boolean partitioned() {
    return table.kind() == Table.Kind.PARTITIONED;
  }

  /** Names of objects are unique within their table only. */
  String label(Identifier object) {
    return name() + "." + object;
  }

  Claim claim(Identifier object) {
    return new Claim(name(), table.oid(), object, false);
  }

  Check isTheTable() {
    return dialect.tableIs(name(), table.oid());
  }

  /** Metadata only, under the strongest lock of the table. */
  Step brief(String id, String kind, List<String> sql, Undo undo) {
    return brief(id, kind, sql, List.of(), undo);
  }

  /** The same where more must be true than that the table is the one that is meant. */
  Step brief(String id, String kind, List<String> sql, List<Check> more, Undo undo) {
    return brief(id, kind, LockMode.ACCESS_EXCLUSIVE, List.of(name()), sql, more, undo);
  }

  /** The same under another lock, or on several tables: parents before children. */
  Step brief(
      String id,
      String kind,
      LockMode lock,
      List<TableName> tables,
      List<String> sql,
      List<Check> more,
      Undo undo) {
    return new Step.BriefDdl(
        id,
        kind,
        sql,
        lock,
        tables,
        Stream.concat(Stream.of(isTheTable()), more.stream()).toList(),
        Optional.empty(),
        undo);
  }

  /** Beside traffic, for as long as the table is big. */
  Step online(String id, String kind, String sql, Check done, Optional<String> culprits) {
    return new Step.OnlineDdl(
        id,
        kind,
        List.of(sql),
        LockMode.SHARE_UPDATE_EXCLUSIVE,
        List.of(name()),
        List.of(isTheTable()),
        done,
        List.of(),
        culprits,
        new Undo.Nothing());
  }
}
