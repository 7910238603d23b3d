package dev.gatefold.testing.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** A server from binaries on the class path, as a process of this machine. */
final class EmbeddedServer {

  private EmbeddedServer() {}

  static TestServer start(String kind) {
    return start(kind, Map.of());
  }

  static TestServer start(String kind, Map<String, String> more) {
    try {
      EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
      TestServer.SETTINGS.forEach(builder::setServerConfig);
      more.forEach(builder::setServerConfig);
      EmbeddedPostgres server = builder.start();
      return new TestServer("localhost", server.getPort(), true, kind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
