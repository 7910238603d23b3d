package dev.gatefold.executor.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.executor.store.VerificationStore.UnderWay;

/**
 * How far a verification is, or was when it was stopped.
 *
 * @param ranges how many ranges of rows are compared
 * @param rows how many rows
 */
public record VerificationShape(
    String table,
    @JsonProperty("began_at") String beganAt,
    long ranges,
    long rows,
    long mismatches) {

  static VerificationShape of(UnderWay pass) {
    return new VerificationShape(
        pass.name(), pass.beganAt().toString(), pass.ranges(), pass.rows(), pass.mismatches());
  }
}
