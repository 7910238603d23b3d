package dev.gatefold.executor.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseUrlTest {

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://h/d?user=u, jdbc:postgresql://h/d?user=u",
    "postgresql://h/d, jdbc:postgresql://h/d",
    "postgres://u:p@h:5433/d, jdbc:postgresql://h:5433/d?user=u&password=p",
    "postgresql://u@my_db:5433/shop, jdbc:postgresql://my_db:5433/shop?user=u",
    "'postgresql://u@h1:1,h2:2/d', 'jdbc:postgresql://h1:1,h2:2/d?user=u'",
    "postgresql://u:a%40b+c@h/d?ssl=true, jdbc:postgresql://h/d?ssl=true&user=u&password=a%40b%2Bc",
    "postgresql://[::1]:5432/d, jdbc:postgresql://[::1]:5432/d",
    "postgresql:///d, jdbc:postgresql://localhost/d",
    "'postgresql://h1,h2/d?target_session_attrs=read-write&a=b', 'jdbc:postgresql://h1,h2/d?targetServerType=primary&a=b'",
    "'postgresql://h1,h2/d?a=b&target_session_attrs=prefer-standby', 'jdbc:postgresql://h1,h2/d?a=b&targetServerType=preferSecondary'"
  })
  void isReadWithoutLosingAPart(String url, String jdbc) {
    assertThat(DatabaseUrl.parse(url).jdbc()).isEqualTo(jdbc);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://h/d, jdbc:postgresql://h/d",
    "'jdbc:postgresql://h/d?options=a,b', 'jdbc:postgresql://h/d?options=a,b'",
    "'jdbc:postgresql://h1,h2/d', 'jdbc:postgresql://h1,h2/d?targetServerType=primary'",
    "'jdbc:postgresql://h1:1,h2:2/d?a=b', 'jdbc:postgresql://h1:1,h2:2/d?a=b&targetServerType=primary'",
    "'jdbc:postgresql://h1,h2/d?targetServerType=any', 'jdbc:postgresql://h1,h2/d?targetServerType=any'"
  })
  void ofSeveralHostsThePrimaryIsWrittenTo(String url, String jdbc) {
    assertThat(DatabaseUrl.parse(url).ofPrimary().jdbc()).isEqualTo(jdbc);
  }

  @Test
  void withAnUnknownKindOfServerIsRefused() {
    assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://h1,h2/d?target_session_attrs=x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("target_session_attrs");
  }

  @Test
  void withAPortThatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://h:notaport/d"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsNoPassword() {
    assertThat(DatabaseUrl.parse("postgresql://u:secret@h/d")).hasToString("jdbc:postgresql://h/d");
  }

  @Test
  void ofAnotherDatabaseIsRefused() {
    assertThatThrownBy(() -> DatabaseUrl.parse("mysql://u:secret@h/d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }
}
