package dev.gatefold.testing.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** One broker that is its own controller. Ends when its input does: with whoever started it. */
final class BrokerMain {

  static final String READY = "the broker is ready";

  private BrokerMain() {}

  /** Its folder, its port, and the port of its controller. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    int controller = Integer.parseInt(arguments[2]);
    if (!Files.exists(folder.resolve("meta.properties"))) {
      format(folder);
    }
    new KafkaRaftServer(new KafkaConfig(settings(folder, port, controller)), Time.SYSTEM).startup();
    System.out.println(READY);
    while (System.in.read() >= 0) {
      // Nobody says anything: it waits for the end.
    }
    Runtime.getRuntime().halt(0);
  }

  private static void format(Path folder) throws Exception {
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(1)
        .addDirectory(folder.toString())
        .setMetadataLogDirectory(folder.toString())
        .setControllerListenerName("CONTROLLER")
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setIgnoreFormatted(true)
        .run();
  }

  private static Properties settings(Path folder, int port, int controller) throws IOException {
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "controller.quorum.voters", "1@localhost:" + controller,
            "controller.listener.names", "CONTROLLER",
            "listeners",
                "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d".formatted(port, controller),
            "advertised.listeners", "PLAINTEXT://localhost:" + port,
            "log.dirs", folder.toString(),
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1"));
    settings.putAll(
        Map.of(
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            // Nobody waits for more of them in a test.
            "group.initial.rebalance.delay.ms", "0",
            "auto.create.topics.enable", "false",
            "log.cleaner.enable", "false"));
    return settings;
  }
}
