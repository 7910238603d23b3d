package dev.gatefold.planner.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a + 1",
        "f(a, (b)[1])",
        "'it''s; fine)'",
        "E'\\'; fine'",
        "E'a'\n'\\'; still inside'",
        "$$ ; ) $$ || $tag$ $$ ; $tag$",
        "\"odd;)name\"",
        "a -- comment ; )\n + 1",
        "a -- at the end",
        "a /* ; ) /* nested */ ( */ + 1",
        "a$b$c",
      })
  void aBalancedExpressionPasses(String text) {
    assertThat(ExpressionText.defect(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "a; DROP TABLE t",
        "a) , (b",
        "(a",
        "a]",
        "'open",
        "\"open",
        "$$ open",
        "/* open",
        "/* /* */",
        "'\\'; DROP TABLE t; --'",
        "E'a'\n'\\''; DROP TABLE t; --'",
        "a -- x\n; b",
        "[(])",
      })
  void anythingElseIsRefused(String text) {
    assertThat(ExpressionText.defect(text)).isPresent();
  }
}
