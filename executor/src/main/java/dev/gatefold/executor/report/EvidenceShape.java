package dev.gatefold.executor.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.outcome.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was seen at a gate, as JSON.
 *
 * @param expiresAt until when it may be decided on; left out where it was not measured for that
 */
public record EvidenceShape(
    String change,
    String stage,
    String verdict,
    String hash,
    @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("expires_at")
        @Nullable String expiresAt,
    List<Check> checks) {

  public EvidenceShape {
    checks = List.copyOf(checks);
  }

  static EvidenceShape of(Evidence evidence) {
    return of(evidence, null);
  }

  /** {@code evidence -o json}. */
  public static EvidenceShape of(Outcome.Measured measured) {
    return of(measured.evidence(), measured.expiresAt().toString());
  }

  private static EvidenceShape of(Evidence evidence, @Nullable String expiresAt) {
    return new EvidenceShape(
        evidence.change().value(),
        evidence.stage().word(),
        evidence.verdict().word(),
        evidence.hash(),
        expiresAt,
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
