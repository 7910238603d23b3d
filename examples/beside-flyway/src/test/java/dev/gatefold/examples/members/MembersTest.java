package dev.gatefold.examples.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.examples.members.two.Members;
import dev.gatefold.examples.members.two.Members.Member;
import dev.gatefold.testing.TestDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/** The application's own test: a fresh database, its own Flyway, and nothing of Gatefold's. */
class MembersTest {

  @Test
  void aMemberIsChargedAnAmount() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      assertThat(Schema.migrate(database.url(), Schema.MIGRATIONS)).isEqualTo(2);
      try (Connection connection = database.connect()) {
        Members members = new Members(connection);
        long id = members.join("Barbara Liskov", new BigDecimal("9.99"));
        members.charge(id, new BigDecimal("12.00"));
        assertThat(members.all())
            .containsExactly(
                new Member(1, "Ada", new BigDecimal("12.50")),
                new Member(2, "Grace", new BigDecimal("0.00")),
                new Member(id, "Barbara Liskov", new BigDecimal("12.00")));
      }
    }
  }
}
