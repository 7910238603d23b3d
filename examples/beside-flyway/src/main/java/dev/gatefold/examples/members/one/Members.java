package dev.gatefold.examples.members.one;

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
  public record Member(long id, String name, int feeCents) {}

  /** Adds one; answers its number. */
  public long join(String name, int feeCents) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO members (name, fee_cents) VALUES (?, ?) RETURNING id")) {
      insert.setString(1, name);
      insert.setInt(2, feeCents);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  public void charge(long id, int feeCents) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE members SET fee_cents = ? WHERE id = ?")) {
      update.setInt(1, feeCents);
      update.setLong(2, id);
      update.executeUpdate();
    }
  }

  public List<Member> all() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT id, name, fee_cents FROM members ORDER BY id");
        ResultSet rows = select.executeQuery()) {
      List<Member> members = new ArrayList<>();
      while (rows.next()) {
        members.add(new Member(rows.getLong(1), rows.getString(2), rows.getInt(3)));
      }
      return members;
    }
  }
}
