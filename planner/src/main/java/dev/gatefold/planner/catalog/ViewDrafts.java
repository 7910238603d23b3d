package dev.gatefold.planner.catalog;

import dev.gatefold.planner.draft.PrintedView;
import dev.gatefold.planner.draft.ViewDraft;
import dev.gatefold.planner.name.Identifier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Makes views as temporary ones. */
final class ViewDrafts {

  private static final String STANDING =
      """
      SELECT rtrim(pg_get_viewdef(c.oid), ';') AS query, array_to_string(c.reloptions, ', ') AS options
      FROM pg_class c WHERE c.oid = to_regclass(?) AND c.relkind = 'v'
      """;

  private static final String WIDTH =
      "SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass(?) AND attnum > 0";

  private final Session session;
  private final Stage stage;

  ViewDrafts(Session session, Stage stage) {
    this.session = session;
    this.stage = stage;
  }

  PrintedView make(ViewDraft draft) throws SQLException {
    Identifier name = stage.free();
    String temporary = "pg_temp." + name.quoted();
    Optional<PrintedView> before = Optional.empty();
    if (draft.replaces()) {
      before = Optional.of(session.one(ViewDrafts::standing, STANDING, draft.view().quoted()));
      session.execute("CREATE TEMP VIEW %s AS %s".formatted(name.quoted(), before.get().query()));
    } else {
      new FreeNames(session).require(draft.view());
    }
    session.executeAsAuthor(
        "CREATE OR REPLACE TEMP VIEW %s AS %s".formatted(name.quoted(), draft.query()));
    if (draft.replaces() && width(temporary) > width(draft.view().quoted())) {
      // The server has no way to take a column of a view away again.
      throw new SQLException(
          "the view would get more columns, which a rollback could not take away",
          Rejections.NOT_SUPPORTED);
    }
    return new PrintedView(
        session.one(ViewDrafts::standing, STANDING, temporary).query(),
        before.map(PrintedView::query),
        before.flatMap(PrintedView::options));
  }

  private static PrintedView standing(ResultSet row) throws SQLException {
    return new PrintedView(
        row.getString("query"), Optional.empty(), Optional.ofNullable(row.getString("options")));
  }

  private long width(String view) throws SQLException {
    return session.one(row -> row.getLong(1), WIDTH, view);
  }
}
