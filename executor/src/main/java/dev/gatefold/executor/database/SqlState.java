package dev.gatefold.executor.database;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What an error of the server means to us. */
public enum SqlState {
  /** Others hold a lock, or a deadlock was resolved at our cost: the same again later. */
  LOCKED,
  /** The connection or the server went away. */
  LOST,
  /** Anything else: the same again would fail again. */
  OTHER;

  public static SqlState of(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return switch (state) {
      case "55P03", "40P01", "40001" -> LOCKED;
      case "57P01", "57P02", "57P03" -> LOST;
      default -> state.startsWith("08") ? LOST : OTHER;
    };
  }

  /** The server's own sentence, with its detail where there is one. */
  public static String sentence(SQLException e) {
    ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
    if (server == null || server.getMessage() == null) {
      return String.valueOf(e.getMessage());
    }
    return server.getDetail() == null
        ? server.getMessage()
        : server.getMessage() + " (" + server.getDetail() + ")";
  }

  /** The server's first sentence alone: what it says beyond that may quote a row. */
  public static String withoutDetail(SQLException e) {
    ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
    return server == null || server.getMessage() == null
        ? "SQLSTATE " + e.getSQLState()
        : server.getMessage();
  }
}
