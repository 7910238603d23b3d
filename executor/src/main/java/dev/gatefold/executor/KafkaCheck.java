package dev.gatefold.executor;

import dev.gatefold.backfill.feed.Brokers;
import dev.gatefold.backfill.feed.kafka.Topics;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.plan.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Before anything is made for it, a change that goes through Kafka must have one that answers. */
final class KafkaCheck {

  private KafkaCheck() {}

  /** Why the change cannot be submitted; empty where it can. */
  static Optional<Outcome> objection(Optional<Brokers> brokers, Change change) {
    if (!change.sync().isThroughKafka()) {
      return Optional.empty();
    }
    if (brokers.isEmpty()) {
      return refused(
          "its change feed goes through Kafka, and nobody says where that is",
          "Name it in gatefold.yaml, targets.NAME.kafka.bootstrap_servers, and use --target NAME.");
    }
    try (Topics topics = Topics.at(brokers.get())) {
      topics.greet();
      return Optional.empty();
    } catch (IOException e) {
      return refused(String.valueOf(e.getMessage()), "Mend targets.NAME.kafka in gatefold.yaml.");
    }
  }

  private static Optional<Outcome> refused(String why, String cure) {
    return Optional.of(
        new Outcome.Refused(
            new Refusal(List.of(new Refusal.Reason("feed-through-kafka", "kafka", why, cure)))));
  }
}
