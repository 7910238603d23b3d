package dev.gatefold.executor.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a database is: {@code jdbc:postgresql:...} or {@code postgresql://user:password@host/db}.
 *
 * @param jdbc for the driver; it may hold a password
 */
public record DatabaseUrl(String jdbc) {

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

  private static DatabaseUrl fromUri(String url) {
    try {
      URI uri = new URI(url);
      StringBuilder jdbc = new StringBuilder("jdbc:postgresql://");
      jdbc.append(Optional.ofNullable(uri.getHost()).orElse("localhost"));
      if (uri.getPort() > 0) {
        jdbc.append(':').append(uri.getPort());
      }
      jdbc.append(Optional.ofNullable(uri.getRawPath()).filter(p -> p.length() > 1).orElse("/"));
      char separator = '?';
      if (uri.getRawQuery() != null) {
        jdbc.append(separator).append(uri.getRawQuery());
        separator = '&';
      }
      if (uri.getUserInfo() != null) {
        String[] parts = uri.getUserInfo().split(":", 2);
        jdbc.append(separator).append("user=").append(encode(parts[0]));
        if (parts.length == 2) {
          jdbc.append("&password=").append(encode(parts[1]));
        }
      }
      return new DatabaseUrl(jdbc.toString());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "the URL is not well formed; write it as postgresql://user@host:5432/database", e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** For messages: without parameters, so without user and password. */
  @Override
  public String toString() {
    int question = jdbc.indexOf('?');
    return question < 0 ? jdbc : jdbc.substring(0, question);
  }
}
