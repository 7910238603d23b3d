package dev.gatefold.planner.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Plans as JSON, as they are kept between promotions. Thread-safe. */
public final class PlanJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .build();

  private PlanJson() {}

  public static String write(Plan plan) {
    try {
      return MAPPER.writeValueAsString(plan);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write the plan of " + plan.change(), e);
    }
  }

  /** Reads what {@link #write(Plan)} wrote, by this or an earlier version. */
  public static Plan read(String json) {
    try {
      return MAPPER.readValue(json, Plan.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the stored plan cannot be read", e);
    }
  }

  /** The same for the plan of a backfill without a change. */
  public static String write(StandalonePlan plan) {
    try {
      return MAPPER.writeValueAsString(plan);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write the plan of " + plan.name(), e);
    }
  }

  /** Reads what {@link #write(StandalonePlan)} wrote. */
  public static StandalonePlan readStandalone(String json) {
    try {
      return MAPPER.readValue(json, StandalonePlan.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the stored plan of a backfill cannot be read", e);
    }
  }

  /** The same for a change feed. */
  public static String write(Feed feed) {
    try {
      return MAPPER.writeValueAsString(feed);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write the feed of " + feed.rows().table(), e);
    }
  }

  /** Reads what {@link #write(Feed)} wrote. */
  public static Feed readFeed(String json) {
    try {
      return MAPPER.readValue(json, Feed.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a stored feed cannot be read", e);
    }
  }

  static String fingerprint(Plan plan) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(write(plan).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime knows SHA-256", e);
    }
  }
}
