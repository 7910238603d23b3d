package dev.gatefold.executor.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;

/** Writes the shapes of this package; each is a record whose components are the JSON's fields. */
public final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** One line. */
  public static String write(Object shape) {
    try {
      return MAPPER.writeValueAsString(shape);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write " + shape.getClass().getSimpleName(), e);
    }
  }
}
