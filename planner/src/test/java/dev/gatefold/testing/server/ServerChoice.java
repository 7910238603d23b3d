package dev.gatefold.testing.server;

import java.nio.file.Path;

/**
 * Where the server of a run comes from: a container where an engine answers and has the image or
 * gets it, the embedded binaries otherwise.
 *
 * @param wanted what the property {@value #PROPERTY} says
 * @param version the major version of PostgreSQL, such as 17; empty outside the build, which alone
 *     sets up Testcontainers so that it needs no other image
 */
record ServerChoice(String wanted, String version) {

  private static final String PROPERTY = "gatefold.test.server";
  private static final String VERSION = "gatefold.test.postgres";

  static ServerChoice ofThisRun() {
    return new ServerChoice(System.getProperty(PROPERTY, "auto"), System.getProperty(VERSION, ""));
  }

  TestServer start() {
    return switch (wanted) {
      case "embedded" -> EmbeddedServer.start("embedded");
      case "container" -> required();
      case "auto" -> either();
      default ->
          throw new IllegalArgumentException(
              PROPERTY + " is \"" + wanted + "\"; there are auto, embedded, container");
    };
  }

  private TestServer either() {
    if (version.isEmpty() || !engineMayBeHere()) {
      return EmbeddedServer.start("embedded");
    }
    try {
      return ContainerServer.start(version);
    } catch (NoContainerException e) {
      return EmbeddedServer.start("embedded, since " + e.getMessage());
    }
  }

  private TestServer required() {
    try {
      return ContainerServer.start(version);
    } catch (NoContainerException e) {
      throw new IllegalStateException("no container: " + e.getMessage(), e);
    }
  }

  private static boolean engineMayBeHere() {
    return ContainerEngine.mayBeHere(
        System.getenv(), Path.of("/"), Path.of(System.getProperty("user.home")));
  }
}
