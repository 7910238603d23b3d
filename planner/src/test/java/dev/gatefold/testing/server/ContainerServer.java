package dev.gatefold.testing.server;

import java.sql.SQLException;
import java.util.stream.Stream;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A server in a container, by Testcontainers. */
final class ContainerServer {

  private static final long SHARED_MEMORY = 256L << 20;

  private ContainerServer() {}

  /**
   * Starts a server from the image {@code postgres:major}; the JVM's end stops it.
   *
   * @throws NoContainerException if no engine answers, it cannot get the image, or the server in
   *     the container cannot be reached
   */
  static TestServer start(String major) throws NoContainerException {
    String image = "postgres:" + major;
    ContainerEngine.prepare(image);
    try {
      PostgreSQLContainer container = container(image);
      container.start();
      TestServer server =
          new TestServer(
              container.getHost(),
              container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
              false,
              "in a container from the image " + image);
      server.version();
      return server;
    } catch (RuntimeException | SQLException e) {
      throw new NoContainerException("a container from " + image + " cannot be used", e);
    }
  }

  private static PostgreSQLContainer container(String image) {
    return new PostgreSQLContainer(DockerImageName.parse(image))
        .withUsername(TestServer.SUPERUSER)
        .withDatabaseName("postgres")
        .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
        .withSharedMemorySize(SHARED_MEMORY)
        .withCommand(command());
  }

  private static String[] command() {
    return Stream.concat(
            Stream.of("postgres", "-c", "fsync=off"),
            TestServer.SETTINGS.entrySet().stream()
                .flatMap(setting -> Stream.of("-c", setting.getKey() + "=" + setting.getValue())))
        .toArray(String[]::new);
  }
}
