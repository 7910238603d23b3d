package dev.gatefold.planner.schema;

import dev.gatefold.planner.draft.RowSql;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.Schema.Server;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.util.Map;
import java.util.Optional;

/**
 * What the server said about a backfill without a change of schema.
 *
 * @param table empty where there is none of that name
 * @param values one answer for each column that it sets and that can be set
 * @param where which rows, if only some are wanted
 */
public record StandaloneProbe(
    Server server,
    Optional<Table> table,
    Map<Identifier, Probed<Value>> values,
    Optional<Probed<Value>> where) {

  public StandaloneProbe {
    values = Map.copyOf(values);
  }

  /**
   * A value as it would lie in its column.
   *
   * @param steady whether a second evaluation in the same statement has the same result
   * @param apart whether neither what the backfill writes nor time can change it, as far as the
   *     server can tell; of {@code where}, whether what it writes in other rows cannot
   */
  public record Value(RowSql sql, boolean steady, boolean apart) {}
}
