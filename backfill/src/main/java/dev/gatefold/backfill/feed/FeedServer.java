package dev.gatefold.backfill.feed;

import java.util.Map;
import java.util.Optional;

/**
 * Where the log is read.
 *
 * @param settings of the JDBC driver, such as {@code sslmode}
 */
public record FeedServer(
    String host,
    int port,
    String database,
    String user,
    Optional<String> password,
    Map<String, String> settings) {

  public FeedServer {
    settings = Map.copyOf(settings);
  }

  /** Never the password. */
  @Override
  public String toString() {
    return "%s:%d/%s".formatted(host, port, database);
  }
}
