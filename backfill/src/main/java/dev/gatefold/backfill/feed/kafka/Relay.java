package dev.gatefold.backfill.feed.kafka;

import dev.gatefold.backfill.feed.Brokers;
import dev.gatefold.backfill.feed.Envelope;
import dev.gatefold.backfill.feed.Feed;
import dev.gatefold.backfill.feed.FeedConsumer;
import dev.gatefold.backfill.feed.FeedEnd;
import dev.gatefold.backfill.feed.FeedEvent;
import dev.gatefold.backfill.feed.FeedPosition;
import dev.gatefold.backfill.feed.Lanes;
import dev.gatefold.backfill.feed.Reading;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Puts what a feed tells into the lanes of a topic. What the brokers have is kept, as far as the
 * log's server is concerned. Thread-safe.
 */
public final class Relay implements Reading {

  /** All rows of a table are gone: whoever has this lane takes the turn of all. */
  private static final int OF_ALL = 0;

  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Brokers brokers;
  private final String topic;
  private final int lanes;
  private final Logbook logbook;
  private final Producer<String, String> producer;
  private final Feed feed;
  private volatile boolean atWork;

  /** Writes down how far the log is read. */
  public interface Logbook extends AutoCloseable {

    /**
     * All up to there is kept by the brokers.
     *
     * @param heard the last word of ours on the way
     * @return false where another one reads the log by now
     */
    boolean passed(FeedPosition position, Optional<FeedEvent.Said> heard) throws SQLException;

    @Override
    void close() throws SQLException;
  }

  /** Begins a feed from where its slot is. */
  @FunctionalInterface
  public interface Opener {
    Feed open(FeedConsumer<Envelope> consumer);
  }

  private Relay(Brokers brokers, String topic, int lanes, Logbook logbook, Opener opener) {
    this.brokers = brokers;
    this.topic = topic;
    this.lanes = lanes;
    this.logbook = logbook;
    this.producer =
        new KafkaProducer<>(
            ClientSettings.producer(brokers), new StringSerializer(), new StringSerializer());
    try {
      this.feed = opener.open(this::take);
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * Begins; the topic is there, and has so many partitions. Closes the logbook at the end.
   *
   * @throws IOException where the settings are wrong
   */
  public static Relay begin(
      Brokers brokers, String topic, int lanes, Logbook logbook, Opener opener)
      throws IOException, SQLException {
    try {
      return new Relay(brokers, topic, lanes, logbook, opener);
    } catch (RuntimeException e) {
      logbook.close();
      if (e instanceof KafkaException) {
        throw Topics.failed(brokers, e);
      }
      throw e;
    }
  }

  private boolean take(List<Envelope> envelopes) throws Exception {
    if (envelopes.isEmpty()) {
      return true;
    }
    atWork = true;
    try {
      Optional<FeedEvent.Said> heard = send(envelopes);
      FeedPosition position = envelopes.get(envelopes.size() - 1).event().position();
      if (!logbook.passed(position, heard)) {
        throw new IllegalStateException("another process reads the feed by now");
      }
      return true;
    } finally {
      atWork = false;
    }
  }

  private Optional<FeedEvent.Said> send(List<Envelope> envelopes) throws Exception {
    Optional<FeedEvent.Said> heard = Optional.empty();
    List<Future<?>> sent = new ArrayList<>();
    for (Envelope envelope : envelopes) {
      FeedEvent event = envelope.event();
      if (event instanceof FeedEvent.Said said) {
        // A batch that is lost would not keep what comes after it from arriving.
        await(sent);
        for (int lane = 0; lane < lanes; lane++) {
          sent.add(send(lane, envelope));
        }
        heard = Optional.of(said);
      } else if (event instanceof FeedEvent.OfRow row) {
        sent.add(send(Lanes.of(row.key(), lanes), envelope));
      } else if (event instanceof FeedEvent.Emptied) {
        sent.add(send(OF_ALL, envelope));
      }
    }
    await(sent);
    return heard;
  }

  private Future<?> send(int lane, Envelope envelope) throws Exception {
    Future<?> sent =
        producer.send(new ProducerRecord<>(topic, lane, envelope.key(), envelope.value()));
    if (sent.isDone()) {
      // Refused after it has waited for a broker: each that follows would wait as long.
      await(sent);
    }
    return sent;
  }

  private void await(List<Future<?>> sent) throws Exception {
    for (Future<?> one : sent) {
      await(one);
    }
    sent.clear();
  }

  private void await(Future<?> sent) throws Exception {
    try {
      sent.get();
    } catch (ExecutionException e) {
      throw Topics.failed(brokers, e.getCause());
    }
  }

  @Override
  public CompletableFuture<FeedEnd> end() {
    return feed.end();
  }

  @Override
  public boolean isAtWork() {
    return atWork;
  }

  @Override
  public void close() throws SQLException {
    try (logbook) {
      feed.close();
      producer.close(FAREWELL);
    }
  }
}
