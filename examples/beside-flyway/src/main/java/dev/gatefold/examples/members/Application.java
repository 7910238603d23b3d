package dev.gatefold.examples.members;

import dev.gatefold.examples.members.two.Members;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Adds a member and lists all: {@code Application URL [NAME FEE]}. */
public final class Application {

  private Application() {}

  public static void main(String[] args) throws SQLException {
    Schema.migrate(args[0], Schema.MIGRATIONS);
    try (Connection connection = DriverManager.getConnection(args[0])) {
      Members members = new Members(connection);
      if (args.length == 3) {
        members.join(args[1], new BigDecimal(args[2]));
      }
      members.all().forEach(System.out::println);
    }
  }
}
