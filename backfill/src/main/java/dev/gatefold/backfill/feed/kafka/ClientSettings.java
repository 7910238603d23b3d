package dev.gatefold.backfill.feed.kafka;

import dev.gatefold.backfill.feed.Brokers;
import java.time.Duration;
import java.util.Properties;

/** Kafka's settings for each of the clients. */
final class ClientSettings {

  /** For one question; whoever asks tries again after that. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Until a record counts as lost, and the log is read again from before it. */
  private static final Duration DELIVERY = Duration.ofSeconds(30);

  /** A machine that is gone keeps its lanes for so long. */
  private static final Duration SESSION = Duration.ofSeconds(10);

  /** An application waits for the end of a swap: what is there is given at once. */
  private static final Duration LINGER = Duration.ZERO;

  private static final int MOST_RECORDS = 2048;

  private ClientSettings() {}

  static Properties admin(Brokers brokers) {
    Properties settings = common(brokers);
    set(settings, "default.api.timeout.ms", PATIENCE);
    set(settings, "request.timeout.ms", PATIENCE);
    return settings;
  }

  static Properties producer(Brokers brokers) {
    Properties settings = common(brokers);
    settings.setProperty("acks", "all");
    settings.setProperty("enable.idempotence", "true");
    set(settings, "linger.ms", LINGER);
    set(settings, "max.block.ms", PATIENCE);
    set(settings, "request.timeout.ms", PATIENCE);
    set(settings, "delivery.timeout.ms", DELIVERY);
    return settings;
  }

  /** How far a lane is applied stands in the database, beside what was applied. */
  static Properties consumer(Brokers brokers) {
    Properties settings = common(brokers);
    settings.setProperty("enable.auto.commit", "false");
    settings.setProperty("auto.offset.reset", "none");
    settings.setProperty("isolation.level", "read_uncommitted");
    settings.setProperty("max.poll.records", Integer.toString(MOST_RECORDS));
    set(settings, "default.api.timeout.ms", PATIENCE);
    set(settings, "request.timeout.ms", PATIENCE);
    // There is a word each second: whoever waits longer waits for a broker that is gone.
    set(settings, "fetch.max.wait.ms", Duration.ofMillis(200));
    return settings;
  }

  static Properties member(Brokers brokers, String group) {
    Properties settings = consumer(brokers);
    settings.setProperty("group.id", group);
    set(settings, "session.timeout.ms", SESSION);
    set(settings, "heartbeat.interval.ms", SESSION.dividedBy(4));
    return settings;
  }

  private static Properties common(Brokers brokers) {
    Properties settings = new Properties();
    settings.setProperty("client.id", "gatefold");
    brokers.properties().forEach(settings::setProperty);
    set(settings, "reconnect.backoff.max.ms", Duration.ofSeconds(1));
    return settings;
  }

  private static void set(Properties settings, String name, Duration time) {
    settings.setProperty(name, Long.toString(time.toMillis()));
  }
}
