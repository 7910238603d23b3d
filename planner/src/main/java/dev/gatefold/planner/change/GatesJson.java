package dev.gatefold.planner.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.UncheckedIOException;

/** Gates as JSON, as they are kept with a rollout. Thread-safe. */
public final class GatesJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .build();

  private GatesJson() {}

  public static String write(Gates gates) {
    try {
      return MAPPER.writeValueAsString(gates);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write gates", e);
    }
  }

  /** Reads what {@link #write} wrote, by this or an earlier version. */
  public static Gates read(String json) {
    try {
      return MAPPER.readValue(json, Gates.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the stored gates cannot be read", e);
    }
  }
}
