package dev.gatefold.executor.gate;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.ImageStore;
import dev.gatefold.planner.catalog.TableImage;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.RowMapping.GroupMapping;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step.VerifyRows;
import dev.gatefold.planner.replacement.Names;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** No partition may have been detached and kept: it would have the columns of both shapes. */
final class DetachedCheck implements GateCheck {

  private final ImageStore images;
  private final InstantSource clock;

  DetachedCheck(ImageStore images, InstantSource clock) {
    this.images = images;
    this.clock = clock;
  }

  @Override
  public List<Finding> look(Connection connection, Rollout rollout, StageName stage)
      throws SQLException {
    List<Finding> findings = new ArrayList<>();
    for (long table : rollout.plan().tables()) {
      for (String partition : detached(connection, rollout, table)) {
        List<String> left = left(connection, rollout, table, partition);
        if (!left.isEmpty()) {
          findings.add(finding(partition, left));
        }
      }
    }
    return findings;
  }

  private List<String> detached(Connection connection, Rollout rollout, long table)
      throws SQLException {
    List<String> before =
        images.find(connection, rollout.id(), table).orElse(List.of()).stream()
            .filter(line -> line.startsWith(TableImage.PARTITION))
            .map(line -> line.substring(TableImage.PARTITION.length()))
            .toList();
    return Query.of(
            """
            SELECT name FROM unnest(?) AS name
            WHERE to_regclass(name) IS NOT NULL
              AND to_regclass(name) NOT IN (SELECT relid FROM pg_partition_tree(?::oid::regclass))""",
            before,
            table)
        .list(connection, row -> row.getString(1));
  }

  /** What the partition has of the change: columns of both shapes, or what bears a name of ours. */
  private static List<String> left(
      Connection connection, Rollout rollout, long table, String partition) throws SQLException {
    List<String> left = new ArrayList<>();
    for (RowMapping rows : mappings(rollout, table)) {
      for (GroupMapping group : rows.groups()) {
        left.addAll(both(connection, partition, group));
      }
      left.addAll(checks(connection, partition, new Names(rollout.change(), rows.table()).token()));
    }
    return left.stream().distinct().toList();
  }

  private static List<RowMapping> mappings(Rollout rollout, long table) {
    return rollout.plan().stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .filter(VerifyRows.class::isInstance)
        .map(step -> ((VerifyRows) step).rows())
        .filter(rows -> rows.oid() == table)
        .toList();
  }

  private static List<String> both(Connection connection, String partition, GroupMapping group)
      throws SQLException {
    List<String> olds = group.olds().stream().map(Identifier::value).toList();
    List<String> news = group.news().stream().map(column -> column.column().value()).toList();
    return Query.of(
            """
            SELECT 'columns ' || string_agg(format('%I', attname), ' and ' ORDER BY attname)
            FROM pg_attribute
            WHERE attrelid = to_regclass(?) AND NOT attisdropped
              AND (attname = ANY (?) OR attname = ANY (?))
            HAVING bool_or(attname = ANY (?)) AND bool_or(attname = ANY (?))""",
            partition, olds, news, olds, news)
        .list(connection, row -> row.getString(1));
  }

  private static List<String> checks(Connection connection, String partition, String token)
      throws SQLException {
    return Query.of(
            """
            SELECT format('constraint %I', conname) FROM pg_constraint
            WHERE conrelid = to_regclass(?) AND contype = 'c' AND strpos(conname, ?) > 0
            ORDER BY 1""",
            partition, "gatefold_" + token)
        .list(connection, row -> row.getString(1));
  }

  private Finding finding(String partition, List<String> left) {
    return new Finding(
        "detached " + partition,
        Verdict.BLOCKED,
        "the partition was detached and kept, and nothing keeps both shapes in step in it: "
            + String.join(", ", left),
        "Attach it again, or drop from it what it shall not keep, or drop it as a whole.",
        clock.instant());
  }
}
