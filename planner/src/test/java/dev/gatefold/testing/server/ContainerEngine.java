package dev.gatefold.testing.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.testcontainers.shaded.com.github.dockerjava.core.DefaultDockerClientConfig;
import org.testcontainers.shaded.com.github.dockerjava.core.DockerClientConfig;
import org.testcontainers.shaded.com.github.dockerjava.core.DockerClientImpl;

/**
 * Whether a container engine answers and has an image. Asked before Testcontainers is, which tries
 * for minutes to pull where no registry answers.
 */
final class ContainerEngine {

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration PULL = Duration.ofMinutes(2);

  private ContainerEngine() {}

  /** Looks for signs without asking anybody: somebody named an engine, or a socket lies there. */
  static boolean mayBeHere(Map<String, String> environment, Path root, Path home) {
    return environment.containsKey("DOCKER_HOST")
        || Stream.concat(
                Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
                    .map(folder -> Path.of(folder, "docker.sock"))
                    .stream(),
                Stream.of(
                    root.resolve("var/run/docker.sock"),
                    home.resolve(".docker/run/docker.sock"),
                    home.resolve(".docker/desktop/docker.sock")))
            .anyMatch(Files::exists);
  }

  /**
   * Sees to it that the image is there.
   *
   * @throws NoContainerException if no engine answers, or it cannot get the image
   */
  static void prepare(String image) throws NoContainerException {
    try (DockerClient client = client()) {
      client.pingCmd().exec();
      if (!has(client, image)) {
        pull(client, image);
      }
    } catch (IOException | RuntimeException e) {
      throw new NoContainerException("the container engine does not answer", e);
    }
  }

  private static DockerClient client() {
    DockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder().build();
    return DockerClientImpl.getInstance(
        config,
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .sslConfig(config.getSSLConfig())
            .connectionTimeout(CONNECT)
            .responseTimeout(PULL)
            .build());
  }

  private static boolean has(DockerClient client, String image) {
    try {
      client.inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  private static void pull(DockerClient client, String image) throws NoContainerException {
    String missing = "the container engine has no image " + image + " and ";
    try {
      if (!client.pullImageCmd(image).start().awaitCompletion(PULL.toSeconds(), TimeUnit.SECONDS)) {
        throw new NoContainerException(missing + "did not get it in time");
      }
    } catch (RuntimeException e) {
      throw new NoContainerException(missing + "cannot pull it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoContainerException(missing + "the pull was interrupted", e);
    }
  }
}
