package dev.gatefold.backfill.feed.kafka;

import dev.gatefold.backfill.feed.Brokers;
import dev.gatefold.backfill.feed.FeedEnd;
import dev.gatefold.backfill.feed.FeedEvent;
import dev.gatefold.backfill.feed.LaneCrew;
import dev.gatefold.backfill.feed.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * This process among all that apply the lanes of a topic: it applies those that the brokers give
 * it, and leaves those that they take away. What was under way then may be applied by two at a
 * time, which whoever applies has to stand. Thread-safe.
 */
public final class TopicGroup implements Reading {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final Brokers brokers;
  private final TopicSource source;
  private final LaneCrew crew;
  private final EnvelopeReader reader;
  private final Map<TopicPartition, LaneCrew.Lane> lanes = new HashMap<>();
  private final CompletableFuture<FeedEnd> end = new CompletableFuture<>();
  private final Thread thread;
  private Optional<Exception> inVain = Optional.empty();
  private volatile boolean closed;
  private volatile boolean atWork;

  private TopicGroup(Brokers brokers, TopicSource source, LaneCrew crew) {
    this.brokers = brokers;
    this.source = source;
    this.crew = crew;
    this.reader = new EnvelopeReader(source.key());
    this.thread = new Thread(this::run, "gatefold-topic-group");
    thread.setDaemon(true);
  }

  /** Joins the others; closes the crew at the end. */
  public static TopicGroup join(Brokers brokers, TopicSource source, LaneCrew crew) {
    TopicGroup group = new TopicGroup(brokers, source, crew);
    group.thread.start();
    return group;
  }

  private void run() {
    FeedEnd how = new FeedEnd.Closed();
    try (crew;
        KafkaConsumer<String, String> client =
            new KafkaConsumer<>(
                ClientSettings.member(brokers, source.topic()),
                new StringDeserializer(),
                new StringDeserializer())) {
      client.subscribe(Set.of(source.topic()), new Assignment(client));
      while (!closed) {
        ConsumerRecords<String, String> records = client.poll(POLL);
        if (inVain.isPresent()) {
          throw inVain.get();
        }
        apply(client, records);
      }
    } catch (LostEventsException e) {
      how = new FeedEnd.Lost(String.valueOf(e.getMessage()));
    } catch (Exception e) {
      how = new FeedEnd.Broken(String.valueOf(Topics.failed(brokers, e).getMessage()));
    } finally {
      end.complete(how);
    }
  }

  private void apply(KafkaConsumer<String, String> client, ConsumerRecords<String, String> records)
      throws Exception {
    atWork = !records.isEmpty();
    for (TopicPartition partition : records.partitions()) {
      LaneCrew.Lane lane = lanes.get(partition);
      List<FeedEvent> events = new ArrayList<>();
      long next = 0;
      for (ConsumerRecord<String, String> record : records.records(partition)) {
        events.add(reader.event(record.value()));
        next = record.offset() + 1;
      }
      if (lane != null && !closed && !lane.apply(events, next)) {
        take(client, partition);
      }
    }
    atWork = false;
  }

  /** From where the database says that it is applied. */
  private void take(KafkaConsumer<String, String> client, TopicPartition partition)
      throws Exception {
    long first = client.beginningOffsets(Set.of(partition)).getOrDefault(partition, 0L);
    long last = client.endOffsets(Set.of(partition)).getOrDefault(partition, 0L);
    LaneCrew.Lane lane = crew.take(partition.partition(), first);
    if (lane.next() < first || lane.next() > last) {
      throw new LostEventsException(
          "partition %d of the topic %s has events %d to %d, and %d is the next to apply"
              .formatted(partition.partition(), source.topic(), first, last, lane.next()));
    }
    lanes.put(partition, lane);
    client.seek(partition, lane.next());
  }

  private final class Assignment implements ConsumerRebalanceListener {

    private final KafkaConsumer<String, String> client;

    Assignment(KafkaConsumer<String, String> client) {
      this.client = client;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      for (TopicPartition partition : partitions) {
        try {
          take(client, partition);
        } catch (Exception e) {
          // The client would wrap it in one of its own.
          inVain = Optional.of(e);
          client.seek(partition, 0);
        }
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      partitions.forEach(lanes::remove);
    }
  }

  @Override
  public CompletableFuture<FeedEnd> end() {
    return end.copy();
  }

  @Override
  public boolean isAtWork() {
    return atWork;
  }

  @Override
  public void close() {
    closed = true;
    crew.stop();
    try {
      thread.join(FAREWELL.toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(Duration.ofSeconds(1).toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
