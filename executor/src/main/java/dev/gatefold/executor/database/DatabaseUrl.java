package dev.gatefold.executor.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a database is: {@code jdbc:postgresql:...} or {@code postgresql://user:password@host/db}.
 *
 * @param jdbc for the driver; it may hold a password
 */
public record DatabaseUrl(String jdbc) {

  private static final Pattern URI =
      Pattern.compile(
          "postgres(?:ql)?://(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?"
              + "(?<hosts>(?:(?:\\[[^]]*]|[^@/?:,]*)(?::\\d+)?,?)*)(?:/(?<database>[^?]*))?(?:\\?(?<query>.*))?");

  /** The driver's word for it, and libpq's, which the driver does not know and would leave out. */
  private static final String DRIVERS_WORD = "targetServerType=";

  private static final Pattern LIBPQS_WORD =
      Pattern.compile("(?<=^|&)target_session_attrs=([^&]*)");

  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "any", "any",
          "read-write", "primary",
          "primary", "primary",
          "read-only", "secondary",
          "standby", "secondary",
          "prefer-standby", "preferSecondary");

  private static final Pattern SEVERAL_HOSTS = Pattern.compile("jdbc:postgresql://[^/?]*,.*");

  /**
   * Reads a URL of either form.
   *
   * @throws IllegalArgumentException with a sentence for whoever wrote it; never with the password
   */
  public static DatabaseUrl parse(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
      return new DatabaseUrl(url);
    }
    if (url.startsWith("postgresql://") || url.startsWith("postgres://")) {
      return fromUri(url);
    }
    throw new IllegalArgumentException(
        "the URL must begin with jdbc:postgresql: or postgresql://, as in"
            + " postgresql://user@host:5432/database");
  }

  /**
   * Reads the parts by hand: {@link java.net.URI} knows neither a host with an underscore nor a
   * list of hosts, and would leave both out without a word.
   */
  private static DatabaseUrl fromUri(String url) {
    Matcher parts = URI.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "the URL is not well formed; write it as postgresql://user@host:5432/database");
    }
    List<String> parameters = new ArrayList<>();
    group(parts, "query").map(DatabaseUrl::translated).ifPresent(parameters::add);
    group(parts, "user").ifPresent(user -> parameters.add("user=" + parameter(user)));
    group(parts, "password").ifPresent(word -> parameters.add("password=" + parameter(word)));
    return new DatabaseUrl(
        "jdbc:postgresql://"
            + group(parts, "hosts").orElse("localhost")
            + "/"
            + group(parts, "database").orElse("")
            + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters)));
  }

  private static String translated(String query) {
    return LIBPQS_WORD
        .matcher(query)
        .replaceAll(
            found ->
                DRIVERS_WORD
                    + Optional.ofNullable(ATTRIBUTES.get(found.group(1)))
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "the URL has an unknown target_session_attrs; use primary")));
  }

  /**
   * The same for whoever writes. Where there are several hosts and nothing is said about them, the
   * first one that answers may be a standby.
   */
  public DatabaseUrl ofPrimary() {
    return SEVERAL_HOSTS.matcher(jdbc).matches() && !jdbc.contains(DRIVERS_WORD)
        ? new DatabaseUrl(jdbc + (jdbc.contains("?") ? "&" : "?") + DRIVERS_WORD + "primary")
        : this;
  }

  /** Encoded as before, but for the plus, which means a blank in a parameter alone. */
  private static String parameter(String encoded) {
    return encoded.replace("+", "%2B");
  }

  private static Optional<String> group(Matcher parts, String name) {
    return Optional.ofNullable(parts.group(name)).filter(text -> !text.isEmpty());
  }

  /** Host, port and database: without what only machines need, and without a password. */
  public String place() {
    return toString().replaceFirst("^jdbc:postgresql:(//)?", "").replaceFirst("^.*@", "");
  }

  /** The server's or driver's own words, on one line; the driver likes to quote whole URLs. */
  public String words(SQLException e) {
    return Optional.ofNullable(e.getMessage())
        .orElse("no message")
        .replace(jdbc, toString())
        .replaceAll("(?i)(password=)[^&\\s]*", "$1...")
        .replaceAll("\\s*\\R\\s*", "; ")
        .strip();
  }

  /** For the driver, with parameters that count before any of the same name. */
  String jdbcWith(String parameters) {
    return jdbc + (jdbc.indexOf('?') < 0 ? "?" : "&") + parameters;
  }

  /** For messages: without parameters, so without user and password. */
  @Override
  public String toString() {
    int question = jdbc.indexOf('?');
    return question < 0 ? jdbc : jdbc.substring(0, question);
  }
}
