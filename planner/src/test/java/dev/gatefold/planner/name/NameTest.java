package dev.gatefold.planner.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "orders, public, orders",
        "Orders, public, orders",
        "sales.Orders, sales, orders",
        "\"Sales\".\"Order Item\", Sales, Order Item",
        "\"a.b\".\"c\"\"d\", a.b, c\"d",
        "größe, public, größe"
      })
  void isReadAsSqlReadsIt(String text, String schema, String name) {
    assertThat(TableName.parse(text))
        .isEqualTo(new TableName(new Identifier(schema), new Identifier(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a b", "a.b.c", "\"open", "a-b", "\"\"", "a;b"})
  void isRefusedWithASentence(String text) {
    assertThatThrownBy(() -> TableName.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isCountedInBytesNotCharacters() {
    assertThat(new Identifier("x".repeat(63)).value()).hasSize(63);
    assertThatThrownBy(() -> new Identifier("ü".repeat(32)))
        .hasMessageContaining("longer than 63 bytes");
  }

  @Test
  void isQuotedAlwaysInSqlAndOnlyWhereNeededForPeople() {
    assertThat(new Identifier("order").quoted()).isEqualTo("\"order\"");
    assertThat(new Identifier("a\"b").quoted()).isEqualTo("\"a\"\"b\"");
    assertThat(new Identifier("total")).hasToString("total");
    assertThat(new Identifier("Total")).hasToString("\"Total\"");
  }

  @Test
  void literalsSurviveQuotesAndBackslashes() {
    assertThat(Literal.of("it's")).isEqualTo("'it''s'");
    assertThat(Literal.of("a\\b")).isEqualTo(" E'a\\\\b'");
  }
}
