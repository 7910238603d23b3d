package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Follower;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what can be made to read another column: views, rules, policies, triggers, functions. */
final class FollowerCatalog {

  private final Session session;

  FollowerCatalog(Session session) {
    this.session = session;
  }

  /** What reads any of the columns, views over such views included; the lowest views first. */
  List<Follower> read(long table, Collection<Integer> columns) throws SQLException {
    String numbers = Session.array(columns);
    List<Follower> followers =
        new ArrayList<>(
            session.list(FollowerCatalog::follower, FollowerQueries.VIEWS, table, numbers));
    followers.addAll(
        session.list(FollowerCatalog::follower, FollowerQueries.OTHERS, table, numbers, table));
    return followers;
  }

  /** What reads whole rows of the table, in the server's words. */
  List<String> wholeRows(long table) throws SQLException {
    return session.list(row -> row.getString(1), FollowerQueries.WHOLE_ROWS, table);
  }

  private static Follower follower(ResultSet row) throws SQLException {
    return new Follower(
        Follower.Kind.valueOf(row.getString("kind")),
        row.getString("identity"),
        new TableName(
            new Identifier(row.getString("nspname")), new Identifier(row.getString("relname"))),
        new Identifier(row.getString("name")),
        Session.numbers(row, "columns"),
        texts(row, "over"),
        row.getString("definition"),
        Optional.ofNullable(row.getString("obstacle")),
        Optional.ofNullable(row.getString("fixed")));
  }

  private static Set<String> texts(ResultSet row, String column) throws SQLException {
    return Arrays.stream((Object[]) row.getArray(column).getArray())
        .map(String::valueOf)
        .collect(Collectors.toSet());
  }
}
