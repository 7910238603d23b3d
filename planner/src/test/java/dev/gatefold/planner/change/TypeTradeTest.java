package dev.gatefold.planner.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.name.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeTradeTest {

  private static final TypeTrade TRADE = TypeTrade.of(TableName.parse("public.mood"));
  private static final String NEW = TRADE.building().quoted();
  private static final String OLD = TRADE.aside().quoted();

  @Test
  void typesAreFoundInCasts() {
    assertThat(TRADE.toNew("((m)::text)::public.mood <> ALL (ARRAY['x'::public.mood, a::mood])"))
        .isEqualTo("((m)::text)::%1$s <> ALL (ARRAY['x'::%1$s, a::mood])".formatted(NEW));
    assertThat(TRADE.toNew("'{}'::\"public\".\"mood\"[]")).isEqualTo("'{}'::" + NEW + "[]");
  }

  @Test
  void bothTradeNames() {
    assertThat(TRADE.after("a::public.mood = b::" + NEW))
        .isEqualTo("a::%s = b::\"public\".\"mood\"".formatted(OLD));
    assertThat(TRADE.toOldAfter("'x'::" + NEW)).isEqualTo("'x'::" + OLD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'public.mood'::text",
        "'it''s public.mood'",
        "E'\\' public.mood'",
        "public.mood(x)",
        "public.moods",
        "xpublic.mood",
        "a.public.mood",
        "public.mood.x",
        "\"a public.mood\"",
        "public.\"Mood\"",
        "\"Public\".mood"
      })
  void whatOnlyLooksLikeTheTypeStays(String text) {
    assertThat(TRADE.toNew(text)).isEqualTo(text);
  }
}
