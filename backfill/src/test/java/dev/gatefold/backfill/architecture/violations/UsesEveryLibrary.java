package dev.gatefold.backfill.architecture.violations;

import io.debezium.engine.DebeziumEngine;
import org.apache.kafka.clients.producer.Producer;

/** Breaks the rules about who may use which library. */
public record UsesEveryLibrary(DebeziumEngine<?> engine, Producer<?, ?> producer) {}
