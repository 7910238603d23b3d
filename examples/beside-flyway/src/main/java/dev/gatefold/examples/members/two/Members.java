package dev.gatefold.examples.members.two;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** All members. Not thread-safe. */
public final class Members {

  private final Connection connection;

  public Members(Connection connection) {
    this.connection = connection;
  }

  /** One of them. */
  public record Member(long id, String fullName, BigDecimal fee) {}

  /** Adds one; answers its number. */
  public long join(String fullName, BigDecimal fee) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO members (full_name, fee) VALUES (?, ?) RETURNING id")) {
      insert.setString(1, fullName);
      insert.setBigDecimal(2, fee);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  public void charge(long id, BigDecimal fee) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE members SET fee = ? WHERE id = ?")) {
      update.setBigDecimal(1, fee);
      update.setLong(2, id);
      update.executeUpdate();
    }
  }

  public List<Member> all() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT id, full_name, fee FROM members ORDER BY id");
        ResultSet rows = select.executeQuery()) {
      List<Member> members = new ArrayList<>();
      while (rows.next()) {
        members.add(new Member(rows.getLong(1), rows.getString(2), rows.getBigDecimal(3)));
      }
      return members;
    }
  }
}
