package dev.gatefold.backfill.feed.debezium;

import dev.gatefold.backfill.feed.Envelope;
import dev.gatefold.backfill.feed.Feed;
import dev.gatefold.backfill.feed.FeedConsumer;
import dev.gatefold.backfill.feed.FeedEnd;
import dev.gatefold.backfill.feed.FeedEvent;
import dev.gatefold.backfill.feed.FeedServer;
import dev.gatefold.backfill.feed.FeedSource;
import dev.gatefold.backfill.feed.OwnWork;
import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * One run of Debezium's engine over one slot, from where the slot is until it is closed or breaks.
 * What comes after that is a new one. Thread-safe.
 */
public final class DebeziumFeed implements Feed {

  /** So long it may take to give the slot up; whoever takes longer is interrupted. */
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final Taker taker;
  private final EventReader reader;
  private final OwnWork own = new OwnWork();
  private final CompletableFuture<FeedEnd> end = new CompletableFuture<>();
  private final CompletableFuture<Boolean> started = new CompletableFuture<>();
  private final DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine;
  private final Thread thread;
  private volatile boolean closed;

  /** Takes records of applications, with what they tell. */
  private interface Taker {
    boolean take(List<SourceRecord> records, List<FeedEvent> events) throws Exception;
  }

  private DebeziumFeed(FeedServer server, FeedSource source, long start, Taker taker) {
    this.taker = taker;
    this.reader = new EventReader(source.key(), start);
    this.engine =
        DebeziumEngine.create(Connect.class)
            .using(EngineSettings.of(server, source))
            .using(this::ended)
            .using(
                new DebeziumEngine.ConnectorCallback() {
                  @Override
                  public void taskStarted() {
                    started.complete(true);
                  }
                })
            .notifying(this::told)
            .build();
    this.thread = new Thread(engine, "gatefold-feed");
    thread.setDaemon(true);
  }

  /**
   * Begins to tell.
   *
   * @param start how far the slot is, in bytes since the beginning of all log
   */
  public static DebeziumFeed begin(
      FeedServer server, FeedSource source, long start, FeedConsumer<FeedEvent> consumer) {
    return begin(server, source, start, (records, events) -> consumer.take(events));
  }

  /** The same for whoever passes the events on. */
  public static DebeziumFeed beginWhole(
      FeedServer server, FeedSource source, long start, FeedConsumer<Envelope> consumer) {
    EnvelopeWriter writer = new EnvelopeWriter();
    return begin(
        server,
        source,
        start,
        (records, events) ->
            consumer.take(
                IntStream.range(0, events.size())
                    .mapToObj(i -> writer.envelope(records.get(i), events.get(i)))
                    .toList()));
  }

  private static DebeziumFeed begin(FeedServer server, FeedSource source, long start, Taker taker) {
    DebeziumFeed feed = new DebeziumFeed(server, source, start, taker);
    feed.thread.start();
    return feed;
  }

  @Override
  public CompletableFuture<FeedEnd> end() {
    return end.copy();
  }

  private void told(
      List<ChangeEvent<SourceRecord, SourceRecord>> records,
      RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>> committer)
      throws InterruptedException {
    List<SourceRecord> others = new ArrayList<>();
    List<FeedEvent> events = new ArrayList<>();
    for (ChangeEvent<SourceRecord, SourceRecord> record : records) {
      FeedEvent event = reader.event(record.value());
      if (!own.has(event)) {
        others.add(record.value());
        events.add(event);
      }
    }
    boolean kept;
    try {
      kept = taker.take(others, events);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      // The engine ends with it; what was not taken stays with the slot.
      throw new FeedBrokenException(e);
    }
    if (kept) {
      // How far the last one is, all are.
      committer.markProcessed(records.get(records.size() - 1));
    }
    committer.markBatchFinished();
  }

  private void ended(boolean well, String message, Throwable error) {
    started.complete(false);
    end.complete(
        closed || well ? new FeedEnd.Closed() : new FeedEnd.Broken(reason(message, error)));
  }

  private static String reason(String message, Throwable error) {
    Throwable cause = error;
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Optional.ofNullable(cause).map(Throwable::getMessage).orElse(message);
  }

  @Override
  public void close() {
    closed = true;
    try {
      // An engine that is closed while it starts does not hear of it.
      started.get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      System.getLogger(DebeziumFeed.class.getName())
          .log(System.Logger.Level.DEBUG, "the feed has not started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      engine.close();
    } catch (IOException | IllegalStateException e) {
      // It ends already, or has ended.
      System.getLogger(DebeziumFeed.class.getName())
          .log(System.Logger.Level.DEBUG, "closing the feed", e);
    }
    try {
      thread.join(FAREWELL.toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
