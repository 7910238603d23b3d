package dev.gatefold.backfill.session;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What an error of the server means for a batch. */
public enum Failure {
  /** Somebody was in the way: the same batch may succeed a moment later, a smaller one sooner. */
  BUSY,
  /** A row cannot be converted or written: no retry helps. */
  DATA,
  /** The connection, the server or a right: for the caller to handle. */
  ENVIRONMENT;

  /** Lock not available, deadlock, serialization failure, statement cancelled or timed out. */
  private static final Set<String> BUSY_STATES = Set.of("55P03", "40P01", "40001", "57014");

  /** Insufficient privilege: it says nothing about any row. */
  private static final String NO_RIGHT = "42501";

  /**
   * Connection lost, authorisation, read-only or failed transaction, no resources, wrong state of
   * an object, snapshot too old, operator intervention, system and internal errors.
   */
  private static final Set<String> ENVIRONMENT_CLASSES =
      Set.of("08", "25", "28", "40", "53", "55", "57", "58", "72", "F0", "XX");

  /** What these quote is a value, such as the text that is no number, and never a name. */
  private static final String DATA_EXCEPTION = "22";

  /** From the first quote to the last; a value may hold quotes, or go on beyond the first line. */
  private static final Pattern QUOTED_VALUE = Pattern.compile("\".*\"|\".*$");

  /** Undefined table, column, schema. */
  private static final Set<String> MISSING_STATES = Set.of("42P01", "42703", "3F000");

  public static Failure of(SQLException error) {
    String state = state(error);
    if (BUSY_STATES.contains(state)) {
      return BUSY;
    }
    boolean environment =
        state.length() != 5
            || state.equals(NO_RIGHT)
            || ENVIRONMENT_CLASSES.contains(state.substring(0, 2));
    return environment ? ENVIRONMENT : DATA;
  }

  /** Whether the statement names a table or column that is not there. */
  public static boolean isMissingObject(SQLException error) {
    return MISSING_STATES.contains(state(error));
  }

  /** The server's own sentence, without severity and context. */
  public static String sentence(SQLException error) {
    String message = Optional.ofNullable(error.getMessage()).orElse(error.toString());
    return message.lines().findFirst().orElse("").replaceFirst("^\\p{Lu}+: +", "");
  }

  /**
   * The same, for a row whose value it concerns: in place of the value there are dots, since who
   * reads why a row cannot be converted need not be somebody who may read the row.
   */
  public static String reason(SQLException error) {
    String sentence = sentence(error);
    return state(error).startsWith(DATA_EXCEPTION)
        ? QUOTED_VALUE.matcher(sentence).replaceFirst("\"...\"")
        : sentence;
  }

  private static String state(SQLException error) {
    return Optional.ofNullable(error.getSQLState()).orElse("");
  }
}
