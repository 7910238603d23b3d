package dev.gatefold.executor.feed;

import dev.gatefold.executor.journey.Journey;
import java.sql.SQLException;

/** What a change feed keeps in step while {@link ControlledClient} writes. */
enum FedChange {
  COLUMNS(
      """
      alter_column: {table: items, column: total, type: bigint}
        - alter_column: {table: items, column: code, type: varchar(60)}""",
      ""),
  /** A copy whose key changes with each update, and in which unique values are traded. */
  OTHER_KEY(
      "rebuild_table: {table: items, primary_key: [n, id]}",
      "CREATE UNIQUE INDEX items_id ON items (id)"),
  PARTITIONS(
      """
      rebuild_table:
            table: items
            partition_by: hash (id)
            partitions:
              - {name: items_0, values: "with (modulus 3, remainder 0)"}
              - {name: items_1, values: "with (modulus 3, remainder 1)"}
              - {name: items_2, values: "with (modulus 3, remainder 2)"}""",
      // It could not be unique over all partitions.
      "ALTER TABLE items DROP CONSTRAINT items_code_key");

  private final String operations;
  private final String before;

  FedChange(String operations, String before) {
    this.operations = operations;
    this.before = before;
  }

  String change() {
    return """
        change: feed
        operations:
          - %s
        sync: cdc
        backfill: {target_batch_time: 5ms, ignore_signals: [active_sessions]}
        """
        .formatted(operations.replace("\n", "\n  ").replace("\n    - alter", "\n  - alter"));
  }

  /** The same through Kafka. */
  String changeThroughKafka(int partitions) {
    return change() + "feed: {through: kafka, partitions: %d}\n".formatted(partitions);
  }

  /** The table as it is before. */
  String table() {
    return ControlledClient.TABLE + before;
  }

  Journey journey() throws SQLException {
    return Journey.asSuperuser(table());
  }
}
