package dev.gatefold.planner.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** How a step is taken back. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Undo.Nothing.class, name = "nothing"),
  @JsonSubTypes.Type(value = Undo.Steps.class, name = "steps"),
  @JsonSubTypes.Type(value = Undo.PointOfNoReturn.class, name = "point_of_no_return")
})
public sealed interface Undo {

  /** The steps to run, in order; empty where none are needed. */
  default List<Step> steps() {
    return List.of();
  }

  /** Whether the step can be taken back. */
  default boolean possible() {
    return true;
  }

  /** The step leaves nothing behind that a later undo does not take away. */
  record Nothing() implements Undo {}

  /** Other steps take it back. */
  record Steps(List<Step> steps) implements Undo {
    public Steps {
      steps = List.copyOf(steps);
    }
  }

  /** It cannot be taken back. */
  record PointOfNoReturn(String reason) implements Undo {
    @Override
    public boolean possible() {
      return false;
    }
  }

  static Undo by(Step... steps) {
    return new Steps(List.of(steps));
  }
}
