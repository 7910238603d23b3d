package dev.gatefold.planner.catalog;

import dev.gatefold.planner.schema.TableProbe.Probed;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Answers of the server against something. */
final class Rejections {

  static final String NOT_SUPPORTED = "0A000";
  static final String SYNTAX = "42601";
  static final String RESERVED_NAME = "42939";
  static final String NO_INVERSE = "GF000";

  /** What the server says of an expression whose result depends on more than the row. */
  private static final String INVALID_DEFINITION = "42P17";

  /** The server or the connection failed, or another session was in the way. */
  private static final Pattern NO_ANSWER = Pattern.compile("(08|25P|40|53|57|58|XX).*|55P03");

  private static final Pattern SEVERITY = Pattern.compile("^[^:\\s]+: ");

  private Rejections() {}

  /**
   * The server's answer, if it is one.
   *
   * @throws SQLException if it says nothing about the statement, such as a lost connection
   */
  static <T> Probed<T> of(SQLException e) throws SQLException {
    String state = Optional.ofNullable(e.getSQLState()).orElse("08000");
    if (NO_ANSWER.matcher(state).matches()) {
      throw e;
    }
    return new Probed.Rejected<>(state, message(e));
  }

  /** A rejection of ours, in the shape of the server's. */
  static <T> Probed<T> of(String sqlState, String message) {
    return new Probed.Rejected<>(sqlState, message);
  }

  /** The same answer for a question of another kind. */
  static <T> Probed<T> of(Probed.Rejected<?> rejected) {
    return new Probed.Rejected<>(rejected.sqlState(), rejected.message());
  }

  static boolean isRejected(Probed<?> probed) {
    return rejection(probed).isPresent();
  }

  static boolean isNotImmutable(Probed<?> probed) {
    return rejection(probed).map(r -> r.sqlState().equals(INVALID_DEFINITION)).orElse(false);
  }

  static Optional<Probed.Rejected<?>> rejection(Probed<?> probed) {
    return probed instanceof Probed.Rejected<?> rejected ? Optional.of(rejected) : Optional.empty();
  }

  // The driver puts the severity before the message, and position, detail and hint after it.
  private static String message(SQLException e) {
    String text = Optional.ofNullable(e.getMessage()).orElse("");
    String primary = SEVERITY.matcher(text).replaceFirst("");
    int details = primary.indexOf("\n  ");
    return details < 0 ? primary : primary.substring(0, details);
  }
}
