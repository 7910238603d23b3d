package dev.gatefold.planner.direct;

import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.TableProbe.Probed.Rejected;
import java.util.List;

/** Answers without a plan. */
final class Refused {

  private Refused() {}

  static Planned because(String code, String object, String message, String cure) {
    return new Planned.Refused(List.of(new Reason(code, object, message, cure)));
  }

  /** The server would not make what the file asks for. */
  static Planned byServer(String object, Rejected<?> rejected) {
    return new Planned.Refused(List.of(reason(object, rejected)));
  }

  static Reason reason(String object, Rejected<?> rejected) {
    return new Reason(
        "server-refuses",
        object,
        "the server says: " + rejected.message(),
        "Mend the operation in the file.");
  }

  static Planned nameTaken(String object) {
    return because(
        "name-taken",
        object,
        "the table has an object of that name already",
        "Choose another name.");
  }
}
