package dev.gatefold.backfill.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "t.a ? 'k'; t.a ?? 'k'",
        "t.a ?| t.b; t.a ??| t.b",
        "'?' || t.\"a?\"; '?' || t.\"a?\"",
        "'it''s ?' ? x; 'it''s ?' ?? x",
        "E'\\' ?' ? x; E'\\' ?' ?? x",
        "'\\' ? x; '\\' ?? x",
        "name'\\' ? x; name'\\' ?? x",
        "t.a + 1; t.a + 1",
      })
  void onlyABareQuestionMarkIsDoubled(String sql, String prepared) {
    assertThat(Expression.inPrepared(sql)).isEqualTo(prepared);
  }
}
