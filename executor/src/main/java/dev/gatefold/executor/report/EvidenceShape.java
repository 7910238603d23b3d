package dev.gatefold.executor.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.executor.gate.Evidence;
import java.util.List;

/** What was seen at a gate, as JSON. */
public record EvidenceShape(
    String change, String stage, String verdict, String hash, List<Check> checks) {

  public EvidenceShape {
    checks = List.copyOf(checks);
  }

  static EvidenceShape of(Evidence evidence) {
    return new EvidenceShape(
        evidence.change().value(),
        evidence.stage().word(),
        evidence.verdict().word(),
        evidence.hash(),
        evidence.findings().stream().map(Check::of).toList());
  }

  /** One check's result. */
  public record Check(
      String check,
      String verdict,
      String detail,
      String cure,
      @JsonProperty("measured_at") String measuredAt) {

    static Check of(Evidence.Finding finding) {
      return new Check(
          finding.check(),
          finding.verdict().word(),
          finding.detail(),
          finding.cure(),
          finding.measuredAt().toString());
    }
  }
}
