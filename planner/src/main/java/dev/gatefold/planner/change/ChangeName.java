package dev.gatefold.planner.change;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The name of a change, unique in its database. */
public record ChangeName(@JsonValue String value) {

  private static final Pattern ALLOWED = Pattern.compile("[a-z0-9-]{1,50}");

  @JsonCreator
  public ChangeName {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "\""
              + value
              + "\" is not a name for a change: use 1 to 50 lower-case letters, digits and hyphens");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
