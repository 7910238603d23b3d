package dev.gatefold.executor.standby;

import java.util.List;
import java.util.Optional;

/**
 * What was seen on a standby.
 *
 * @param place host, port and database, never a password
 * @param sessions transactions that have had the tables in use for too long, in words
 * @param unseen what could not be seen, and why; empty where all was
 */
public record StandbyLook(String place, List<String> sessions, Optional<String> unseen) {

  public StandbyLook {
    sessions = List.copyOf(sessions);
  }

  /** Who is in the way, and where. */
  public String inTheWay() {
    return "on standby %s %s".formatted(place, String.join(", ", sessions));
  }
}
