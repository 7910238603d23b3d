package dev.gatefold.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestServerTest {

  @Test
  void hasTheVersionThatTheBuildNames() throws Exception {
    String version = TestServer.shared().version();
    assertThat(version).startsWith(System.getProperty("gatefold.test.postgres", ""));
  }

  @Test
  void anEngineIsLookedForWhereItLeavesSigns(@TempDir Path root, @TempDir Path home)
      throws Exception {
    assertThat(ContainerEngine.mayBeHere(Map.of(), root, home)).isFalse();
    assertThat(ContainerEngine.mayBeHere(Map.of("DOCKER_HOST", "tcp://x"), root, home)).isTrue();
    Path socket = home.resolve("docker.sock");
    Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", home.toString());
    assertThat(ContainerEngine.mayBeHere(environment, root, home)).isFalse();
    Files.createFile(socket);
    assertThat(ContainerEngine.mayBeHere(environment, root, home)).isTrue();
  }

  @Test
  void aServerOfAnUnknownKindIsNoServer() {
    assertThatThrownBy(() -> new ServerChoice("magic", "17").start()).hasMessageContaining("magic");
  }
}
