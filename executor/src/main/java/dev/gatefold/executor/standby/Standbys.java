package dev.gatefold.executor.standby;

import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.planner.name.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The standbys that somebody named. Immutable and thread-safe. */
public record Standbys(List<Standby> all) {

  public static final Standbys NONE = new Standbys(List.of());

  public Standbys {
    all = List.copyOf(all);
  }

  public static Standbys of(List<DatabaseUrl> urls) {
    return new Standbys(urls.stream().distinct().map(Standby::new).toList());
  }

  /** Looks on each who has had one of the tables in use for too long. Never fails on a standby. */
  public List<StandbyLook> look(Connection primary, List<TableName> tables) throws SQLException {
    if (all.isEmpty()) {
      return List.of();
    }
    Primary known = Primary.of(primary);
    return all.stream().map(standby -> standby.look(known, tables)).toList();
  }
}
