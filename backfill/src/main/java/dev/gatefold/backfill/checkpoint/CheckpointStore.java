package dev.gatefold.backfill.checkpoint;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Keeps the checkpoint of one backfill.
 *
 * <p>Both methods work on the given connection, in its open transaction, and neither commit nor
 * roll back: the caller's commit makes rows and checkpoint durable together.
 */
public interface CheckpointStore {

  /** The last checkpoint; empty before the backfill first began. */
  Optional<Checkpoint> load(Connection connection) throws SQLException;

  void save(Connection connection, Checkpoint checkpoint) throws SQLException;
}
