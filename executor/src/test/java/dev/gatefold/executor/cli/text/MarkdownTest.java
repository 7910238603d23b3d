package dev.gatefold.executor.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No name of a user's breaks out of its place. */
class MarkdownTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '"',
      value = {
        "total_amount ! total\\_amount",
        "a|b *c* <d> [e](f) `g` ! a\\|b \\*c\\* \\<d\\> \\[e\\](f) \\`g\\`",
        "@team ! \\@team",
      })
  void wordsStayWords(String text, String markdown) {
    assertThat(Markdown.text(text)).isEqualTo(markdown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {"orders ! `orders`", "a|b ! `a\\|b`", "a`b ! ``a`b``", "`` ! ``` `` ```"})
  void namesStayNames(String name, String markdown) {
    assertThat(Markdown.code(name)).isEqualTo(markdown);
  }

  @ParameterizedTest
  @CsvSource(value = {"SELECT 1,3", "```,4", "`,3"})
  void sqlKeepsItsFence(String sql, int backticks) {
    String fence = "`".repeat(backticks);
    assertThat(Markdown.sql(sql)).isEqualTo(fence + "sql\n" + sql + "\n" + fence);
  }
}
