package dev.gatefold.executor.standalone;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.name.TableName;
import java.time.Instant;
import java.util.Optional;

/**
 * A backfill of its own as it is recorded. Immutable and thread-safe.
 *
 * @param file the text that was given last
 * @param schedule cron and zone; empty where nothing begins by itself
 * @param next when it begins next by its schedule
 */
public record Standalone(
    long id,
    ChangeName name,
    TableName table,
    String file,
    Optional<String> schedule,
    Optional<Instant> next,
    String actor) {

  /** The same with another file, for one run. */
  Standalone with(String otherFile) {
    return new Standalone(id, name, table, otherFile, schedule, next, actor);
  }
}
