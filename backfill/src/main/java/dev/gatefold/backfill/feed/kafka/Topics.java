package dev.gatefold.backfill.feed.kafka;

import dev.gatefold.backfill.feed.Brokers;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Makes, finds and deletes topics. Thread-safe. */
public final class Topics implements AutoCloseable {

  /** What is not applied yet must not go, however long nobody applies it, nor with one broker. */
  private static final Map<String, String> KEPT =
      Map.of(
          "retention.ms", "-1",
          "retention.bytes", "-1",
          "cleanup.policy", "delete",
          "unclean.leader.election.enable", "false");

  private static final int SEVERAL = 3;

  private final Brokers brokers;
  private final Admin admin;

  private Topics(Brokers brokers, Admin admin) {
    this.brokers = brokers;
    this.admin = admin;
  }

  /**
   * Does not ask them anything yet.
   *
   * @throws IOException where the settings are wrong
   */
  public static Topics at(Brokers brokers) throws IOException {
    try {
      return new Topics(brokers, Admin.create(ClientSettings.admin(brokers)));
    } catch (KafkaException e) {
      throw failed(brokers, e);
    }
  }

  /** Asks whether somebody answers. */
  public void greet() throws IOException {
    cluster();
  }

  /**
   * Makes a topic, if it is not there.
   *
   * @return its identity: one that is deleted and made again has another
   */
  public String make(String name, int lanes) throws IOException {
    NewTopic topic =
        new NewTopic(
                name,
                Optional.of(lanes),
                brokers.replication().isPresent()
                    ? Optional.of((short) brokers.replication().getAsInt())
                    : Optional.empty())
            .configs(settings());
    try {
      return identity(wait(admin.createTopics(List.of(topic)).topicId(name)));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        // By somebody who was killed before he could say so.
        return id(name).orElseThrow(() -> failed(brokers, e.getCause()));
      }
      throw failed(brokers, e.getCause());
    }
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(KEPT);
    if (brokers.replication().orElse(1) >= SEVERAL) {
      // Or a leader that is alone would keep it alone.
      settings.put("min.insync.replicas", "2");
    }
    return settings;
  }

  /** Which of all that ever had a name, and of which cluster. */
  private String identity(Uuid topic) throws IOException {
    return cluster() + "/" + topic;
  }

  private String cluster() throws IOException {
    return await(admin.describeCluster().clusterId());
  }

  /** Whether an identity is one of this cluster. */
  public boolean isHere(String identity) throws IOException {
    return identity.startsWith(cluster() + "/");
  }

  /** The identity of a topic; empty where there is none of that name. */
  public Optional<String> id(String name) throws IOException {
    try {
      Map<String, TopicDescription> found =
          wait(admin.describeTopics(Set.of(name)).allTopicNames());
      TopicDescription topic = found.get(name);
      return topic == null ? Optional.empty() : Optional.of(identity(topic.topicId()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw failed(brokers, e.getCause());
    }
  }

  /** The names of topics that a pattern matches. */
  public List<String> named(Pattern pattern) throws IOException {
    return await(admin.listTopics().names()).stream()
        .filter(name -> pattern.matcher(name).matches())
        .sorted()
        .toList();
  }

  /** Deletes a topic, if it is there. */
  public void delete(String name) throws IOException {
    try {
      wait(admin.deleteTopics(Set.of(name)).all());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw failed(brokers, e.getCause());
      }
    }
  }

  private <T> T await(KafkaFuture<T> answer) throws IOException {
    try {
      return wait(answer);
    } catch (ExecutionException e) {
      throw failed(brokers, e.getCause());
    }
  }

  private <T> T wait(KafkaFuture<T> answer) throws IOException, ExecutionException {
    try {
      return answer.get(ClientSettings.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw failed(brokers, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(brokers, e);
    }
  }

  static IOException failed(Brokers brokers, @Nullable Throwable cause) {
    String reason = cause == null || cause.getMessage() == null ? "no answer" : cause.getMessage();
    return new IOException("Kafka at %s: %s".formatted(brokers, reason), cause);
  }

  @Override
  public void close() {
    admin.close();
  }
}
