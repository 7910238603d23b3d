package dev.gatefold.executor.ported;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.trial.Proof;
import dev.gatefold.executor.trial.Report;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cases of gh-ost's localtests and Vitess' vrepl_suite, by their names there, each through every
 * stage and back among writers. The cases are theirs, no line of them is.
 */
class PortedCasesTest {

  static List<PortedCase> cases() {
    return Stream.concat(KeyCases.ALL.stream(), ValueCases.ALL.stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void goesThereAndBackAmongWriters(PortedCase ported) throws Exception {
    Report report = Proof.of(ported.schema(), ported.change(), ported.writer());

    assertThat(report.refusal()).isEmpty();
    assertThat(report.findings()).isEmpty();
    assertThat(report.end()).isEqualTo(Proof.twin(ported.schema(), ported.directDdl()));
  }
}
