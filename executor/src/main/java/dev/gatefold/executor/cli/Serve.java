package dev.gatefold.executor.cli;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the server until it is told to stop. */
@Command(
    name = "serve",
    description = "Runs the server on 127.0.0.1: /api/v1/rollouts and /q/health.")
final class Serve extends Verb {

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "The port. Without it: ${DEFAULT-VALUE}.")
  private int port;

  Serve(Call call) {
    super(call);
  }

  @Override
  Set<Format> formats() {
    return EnumSet.of(Format.TEXT);
  }

  @Override
  int run(Call call) {
    System.setProperty("gatefold.url", call.database().jdbc());
    checkPort();
    System.setProperty("quarkus.http.port", String.valueOf(port));
    Quarkus.run();
    return ExitCode.DONE;
  }

  private void checkPort() {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      socket.setReuseAddress(true);
    } catch (IOException | IllegalArgumentException e) {
      throw CommandFailure.usage(
          "cannot listen on port " + port + ": " + e.getMessage(), "Choose another with --port.");
    }
  }
}
