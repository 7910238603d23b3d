package dev.gatefold.testing.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A broker in a process of its own, which can be killed, and started again with what it had kept.
 */
public final class TestBroker implements AutoCloseable {

  private final Path folder;
  private final int port;
  private final int controller;
  private Process process;

  private TestBroker(Path folder, int port, int controller) throws IOException {
    this.folder = folder;
    this.port = port;
    this.controller = controller;
    this.process = begun();
  }

  /** Starts one that has no topics. */
  public static TestBroker start() throws IOException {
    try (ServerSocket one = free();
        ServerSocket other = free()) {
      int port = one.getLocalPort();
      int controller = other.getLocalPort();
      one.close();
      other.close();
      return new TestBroker(Files.createTempDirectory("gatefold-broker"), port, controller);
    }
  }

  private static ServerSocket free() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private Process begun() throws IOException {
    Process begun =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BrokerMain.class.getName(),
                    folder.toString(),
                    Integer.toString(port),
                    Integer.toString(controller)))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(begun.getInputStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    while (line != null && !line.equals(BrokerMain.READY)) {
      line = said.readLine();
    }
    if (line == null) {
      throw new IOException("the broker has not started: exit code " + begun.onExit().join());
    }
    return begun;
  }

  public String servers() {
    return "localhost:" + port;
  }

  /** With SIGKILL. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Again after it was killed. */
  public void restart() throws IOException {
    process = begun();
  }

  @Override
  public void close() throws IOException {
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
