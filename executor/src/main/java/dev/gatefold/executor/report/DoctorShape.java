package dev.gatefold.executor.report;

import dev.gatefold.executor.Rollouts.Diagnosis;
import java.util.List;
import java.util.Locale;

/** {@code doctor -o json}. */
public record DoctorShape(List<Check> checks) {

  public DoctorShape {
    checks = List.copyOf(checks);
  }

  public static DoctorShape of(List<Diagnosis> diagnoses) {
    return new DoctorShape(diagnoses.stream().map(Check::of).toList());
  }

  /** One thing that was looked at. */
  public record Check(String subject, String level, String message, String cure) {
    static Check of(Diagnosis diagnosis) {
      return new Check(
          diagnosis.subject(),
          diagnosis.level().name().toLowerCase(Locale.ROOT),
          diagnosis.message(),
          diagnosis.cure());
    }
  }
}
