package dev.gatefold.executor.report;

import dev.gatefold.executor.database.DatabaseUrl;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an {@link SQLException} means for whoever gave the command. */
public record DatabaseError(Kind kind, String message, String cure) {

  /** What can be done about it, roughly. */
  public enum Kind {
    /** No connection came about. */
    UNREACHABLE,
    /** There was a connection, and it broke. */
    LOST,
    /** A right is missing, or the schema {@code gatefold}. */
    NOT_ALLOWED,
    /** Anything else: nobody has thought of it. */
    OTHER
  }

  public static DatabaseError of(DatabaseUrl url, SQLException e) {
    return notOurs(url, e)
        .orElseGet(
            () ->
                new DatabaseError(
                    Kind.OTHER,
                    "%s answers: %s (SQLSTATE %s)".formatted(url.place(), url.words(e), state(e)),
                    "Run the command again with --debug to see where it came from."));
  }

  private static Optional<DatabaseError> notOurs(DatabaseUrl url, SQLException e) {
    String state = state(e);
    if (state.equals("42501")) {
      return Optional.of(notAllowed(url, e));
    }
    if ((state.equals("42P01") || state.equals("3F000")) && url.words(e).contains("gatefold")) {
      return Optional.of(
          new DatabaseError(
              Kind.NOT_ALLOWED,
              url.place() + " has no schema gatefold, or an older one",
              "Run: gatefold init"));
    }
    return connecting(state)
        .map(
            cure ->
                new DatabaseError(
                    broke(state) ? Kind.LOST : Kind.UNREACHABLE,
                    (broke(state) ? "the connection to %s was lost: " : "cannot connect to %s: ")
                            .formatted(url.place())
                        + url.words(e),
                    cure));
  }

  private static DatabaseError notAllowed(DatabaseUrl url, SQLException e) {
    return new DatabaseError(
        Kind.NOT_ALLOWED,
        "a right is missing on %s: %s".formatted(url.place(), url.words(e)),
        "Let the DBA run the script that \"gatefold init -o sql\" prints; see also: gatefold"
            + " doctor");
  }

  /** The cure, if the state is one of connecting or of a connection that broke. */
  private static Optional<String> connecting(String state) {
    String cure =
        switch (state) {
          case "3D000" -> "Check the name of the database in the URL.";
          case "53300" -> "Wait until connections are free, or raise max_connections.";
          case "57P03" -> "The server is starting or stopping; try again in a moment.";
          default -> cureOfClass(state);
        };
    return Optional.ofNullable(cure);
  }

  private static @Nullable String cureOfClass(String state) {
    if (state.startsWith("28")) {
      return "Check user and password (PGPASSWORD, ~/.pgpass or the URL) and pg_hba.conf.";
    }
    if (broke(state)) {
      return "Check that the server runs, then run the same command again.";
    }
    if (state.startsWith("08")) {
      return "Check host and port in the URL, and that the server runs and may be reached.";
    }
    return null;
  }

  private static boolean broke(String state) {
    return state.equals("08006")
        || state.equals("08003")
        || state.equals("08007")
        || (state.startsWith("57P") && !state.equals("57P03"));
  }

  private static String state(SQLException e) {
    return Optional.ofNullable(e.getSQLState()).orElse("none").toUpperCase(Locale.ROOT);
  }
}
