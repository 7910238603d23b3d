package dev.gatefold.backfill.feed.kafka;

import dev.gatefold.backfill.feed.Brokers;
import dev.gatefold.backfill.feed.Feed;
import dev.gatefold.backfill.feed.FeedConsumer;
import dev.gatefold.backfill.feed.FeedEnd;
import dev.gatefold.backfill.feed.FeedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * All lanes of a topic as one feed, for whoever applies the last of it by himself: a word of ours
 * is told once it was heard in every lane. Thread-safe.
 */
public final class TopicFeed implements Feed {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final FeedConsumer<FeedEvent> consumer;
  private final EnvelopeReader reader;
  private final int lanes;
  private final Map<String, BitSet> heard = new HashMap<>();
  private final CompletableFuture<FeedEnd> end = new CompletableFuture<>();
  private final CompletableFuture<Boolean> caughtUp = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean closed;

  private TopicFeed(
      Brokers brokers,
      TopicSource source,
      Map<Integer, Long> from,
      FeedConsumer<FeedEvent> consumer) {
    this.consumer = consumer;
    this.reader = new EnvelopeReader(source.key());
    this.lanes = source.lanes();
    this.thread = new Thread(() -> run(brokers, source, from), "gatefold-topic-feed");
    thread.setDaemon(true);
  }

  /**
   * Begins to tell.
   *
   * @param from the offset in each lane of the first event to tell; the first that there is, where
   *     a lane is not named
   */
  public static TopicFeed begin(
      Brokers brokers,
      TopicSource source,
      Map<Integer, Long> from,
      FeedConsumer<FeedEvent> consumer) {
    TopicFeed feed = new TopicFeed(brokers, source, from, consumer);
    feed.thread.start();
    return feed;
  }

  private void run(Brokers brokers, TopicSource source, Map<Integer, Long> from) {
    FeedEnd how = new FeedEnd.Closed();
    try (KafkaConsumer<String, String> client =
        new KafkaConsumer<>(
            ClientSettings.consumer(brokers), new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> all =
          IntStream.range(0, lanes)
              .mapToObj(lane -> new TopicPartition(source.topic(), lane))
              .toList();
      client.assign(all);
      Map<TopicPartition, Long> first = client.beginningOffsets(all);
      for (TopicPartition lane : all) {
        client.seek(lane, from.getOrDefault(lane.partition(), first.getOrDefault(lane, 0L)));
      }
      Map<TopicPartition, Long> ends = client.endOffsets(all);
      while (!closed) {
        tell(client.poll(POLL));
        if (!caughtUp.isDone()
            && ends.entrySet().stream()
                .allMatch(lane -> client.position(lane.getKey()) >= lane.getValue())) {
          caughtUp.complete(true);
        }
      }
    } catch (Exception e) {
      how = new FeedEnd.Broken(String.valueOf(Topics.failed(brokers, e).getMessage()));
    } finally {
      caughtUp.complete(false);
      end.complete(how);
    }
  }

  private void tell(ConsumerRecords<String, String> records) throws Exception {
    List<FeedEvent> events = new ArrayList<>();
    for (ConsumerRecord<String, String> record : records) {
      FeedEvent event = reader.event(record.value());
      if (!(event instanceof FeedEvent.Said said) || isHeardInAll(said, record.partition())) {
        events.add(event);
      }
    }
    if (!events.isEmpty()) {
      consumer.take(events);
    }
  }

  private boolean isHeardInAll(FeedEvent.Said said, int lane) {
    BitSet in = heard.computeIfAbsent(said.words(), words -> new BitSet(lanes));
    boolean before = in.cardinality() == lanes;
    in.set(lane);
    return !before && in.cardinality() == lanes;
  }

  /** Waits until it has told what was there when it began; false where it does not in time. */
  public boolean awaitEnd(Duration within) {
    try {
      return caughtUp.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public CompletableFuture<FeedEnd> end() {
    return end.copy();
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(FAREWELL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
