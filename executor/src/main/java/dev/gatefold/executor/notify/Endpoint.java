package dev.gatefold.executor.notify;

import dev.gatefold.executor.store.Notice.Event;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * An address that wants to be told.
 *
 * @param name how it is called in the database and in messages: its host, and a mark of the rest
 * @param url where to; the path of a webhook often is a secret itself
 * @param secret what the signature is made with
 */
public record Endpoint(String name, URI url, String secret, Set<Event> on) {

  private static final int MARK_LENGTH = 8;

  public Endpoint {
    on = Set.copyOf(on);
  }

  /**
   * Names it after what stands in the settings, where variables stand for secrets: so the name
   * stays the same when a secret is changed, and tells nothing of it.
   *
   * @param written the URL before its variables are filled in
   */
  public static Endpoint of(String written, URI url, String secret, Set<Event> on) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return new Endpoint(url.getHost() + port + "/" + mark(written), url, secret, on);
  }

  private static String mark(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, MARK_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** For messages: without path and secret. */
  @Override
  public String toString() {
    return name;
  }
}
