package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.Follower;
import dev.gatefold.planner.schema.Follower.Kind;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe.FollowerProbe;
import dev.gatefold.planner.schema.TableProbe.Probed;
import dev.gatefold.planner.schema.TableProbe.Turn;
import dev.gatefold.planner.schema.TableProbe.Way;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Plays the swap through, there and back, with a temporary clone of the table and copies of what
 * reads its changed columns. Nothing of the users' is locked beyond what reading takes. Not
 * thread-safe.
 */
final class Rehearsal {

  private static final String CHANGES_TYPE = "42P16";

  /** One changed column: its names and its new type. */
  record Part(int attnum, Identifier name, Identifier finalName, ColumnType type) {

    String hidden() {
      return "gatefold_hidden_" + attnum;
    }

    String waiting() {
      return "gatefold_waiting_" + attnum;
    }
  }

  private final Session session;
  private final Table table;
  private final List<Part> parts;
  private final List<Understudy> cast;
  private final String clone;
  private final Set<Understudy> again = new LinkedHashSet<>();
  private final Set<Understudy> strayed = new LinkedHashSet<>();
  private Optional<Understudy> onStage = Optional.empty();

  Rehearsal(Session session, Table table, List<Part> parts) {
    this.session = session;
    this.table = table;
    this.parts = parts;
    this.cast =
        IntStream.range(0, table.followers().size())
            .mapToObj(number -> new Understudy(table.followers().get(number), number))
            .filter(understudy -> understudy.follower().obstacle().isEmpty())
            .toList();
    this.clone = "pg_temp." + table.name().name().quoted();
  }

  List<FollowerProbe> probe() throws SQLException {
    if (cast.isEmpty()) {
      return List.of();
    }
    Probed<Integer> played = session.tryOut(this::play);
    session.searchPath("");
    Optional<Probed.Rejected<?>> rejected = Rejections.rejection(played);
    return cast.stream()
        .map(
            understudy ->
                new FollowerProbe(
                    understudy.follower(),
                    rejected.isPresent() && onStage.filter(understudy::equals).isPresent()
                        ? Rejections.of(rejected.get())
                        : new Probed.Accepted<>(turn(understudy))))
        .toList();
  }

  private Turn turn(Understudy understudy) {
    Way way =
        again.contains(understudy)
            ? Way.MAKE_AGAIN
            : understudy.follower().direct() ? Way.REPLACE : Way.NONE;
    return new Turn(way, !strayed.contains(understudy));
  }

  private int play() throws SQLException {
    String path =
        Stream.concat(
                Stream.of(table.name().schema()),
                cast.stream().map(understudy -> understudy.follower().relation().schema()))
            .distinct()
            .map(Identifier::quoted)
            .collect(Collectors.joining(", "));
    session.searchPath(path);
    Map<Understudy, String> originals = new LinkedHashMap<>();
    for (Understudy understudy : cast) {
      enter(understudy);
      originals.put(understudy, text(understudy.printOriginal()));
    }
    // With the key: a view may group by it and show other columns.
    session.execute(
        "CREATE TEMP TABLE %s (LIKE %s INCLUDING INDEXES)".formatted(clone, table.name().quoted()));
    for (Part part : parts) {
      session.execute(
          "ALTER TABLE %s ADD COLUMN %s %s"
              .formatted(clone, part.waiting(), Clone.ddl(part.type())));
    }
    session.searchPath("pg_temp, " + path);
    for (Map.Entry<Understudy, String> original : originals.entrySet()) {
      make(original.getKey(), original.getValue(), false);
      bound(original.getKey());
    }
    Map<Understudy, String> before = printed();
    thereAndBack(before);
    return cast.size();
  }

  private void thereAndBack(Map<Understudy, String> before) throws SQLException {
    for (Part part : parts) {
      rename(part.name().quoted(), part.finalName().quoted());
    }
    Map<Understudy, String> there = printed();
    for (Part part : parts) {
      rename(part.finalName().quoted(), part.hidden());
    }
    for (Part part : parts) {
      rename(part.waiting(), part.finalName().quoted());
    }
    findWay(there);
    free();
    for (Part part : parts) {
      rename(part.finalName().quoted(), part.name().quoted());
    }
    Map<Understudy, String> back = printed();
    for (Part part : parts) {
      rename(part.name().quoted(), part.waiting());
    }
    for (Part part : parts) {
      rename(part.hidden(), part.name().quoted());
    }
    // Where the way back is another, the original texts lead back: they are known to fit.
    if (session.attempt(() -> repeat(back)) instanceof Probed.Rejected) {
      strayed.addAll(cast);
    } else {
      Map<Understudy, String> after = printed();
      cast.stream()
          .filter(understudy -> !Objects.equals(before.get(understudy), after.get(understudy)))
          .forEach(strayed::add);
    }
    onStage = Optional.empty();
  }

  /** Tries to replace everything; a view that cannot be is made again, and so is all over it. */
  private void findWay(Map<Understudy, String> texts) throws SQLException {
    while (true) {
      Probed<Integer> repeated = session.attempt(() -> repeat(texts));
      Optional<Probed.Rejected<?>> rejected = Rejections.rejection(repeated);
      if (rejected.isEmpty()) {
        return;
      }
      Understudy understudy = onStage.orElseThrow();
      boolean changesType = CHANGES_TYPE.equals(rejected.get().sqlState());
      if (!changesType || understudy.follower().kind() != Kind.VIEW || !addTree(understudy)) {
        throw new SQLException(rejected.get().message(), rejected.get().sqlState());
      }
    }
  }

  private boolean addTree(Understudy root) {
    boolean added = again.add(root);
    Set<String> tree = new LinkedHashSet<>(Set.of(root.follower().identity()));
    // The lowest come first, so one pass finds all.
    for (Understudy understudy : cast) {
      Follower follower = understudy.follower();
      if (follower.kind() == Kind.VIEW && follower.over().stream().anyMatch(tree::contains)) {
        tree.add(follower.identity());
        again.add(understudy);
      }
    }
    return added;
  }

  private int repeat(Map<Understudy, String> texts) throws SQLException {
    if (!again.isEmpty()) {
      session.execute(
          "DROP VIEW "
              + again.stream().map(Understudy::relation).collect(Collectors.joining(", "))
              + " CASCADE");
    }
    for (Understudy understudy : cast) {
      if (turn(understudy).way() != Way.NONE) {
        make(
            understudy,
            Optional.ofNullable(texts.get(understudy)).orElseThrow(),
            !again.contains(understudy));
      }
    }
    return cast.size();
  }

  private void make(Understudy understudy, String text, boolean replace) throws SQLException {
    enter(understudy);
    for (String statement : understudy.make(text, replace)) {
      session.execute(statement);
    }
  }

  private Map<Understudy, String> printed() throws SQLException {
    Map<Understudy, String> texts = new LinkedHashMap<>();
    for (Understudy understudy : cast) {
      enter(understudy);
      texts.put(understudy, text(understudy.print()));
    }
    return texts;
  }

  /** A copy that does not read the clone would prove nothing. */
  private void bound(Understudy understudy) throws SQLException {
    if (understudy.follower().direct()
        && readers(understudy, parts.stream().map(Part::name).toList()) == 0) {
      throw new SQLException("its definition cannot be taken apart", Rejections.NOT_SUPPORTED);
    }
  }

  /** Nothing may read an old column still: that one has been found by its place. */
  private void free() throws SQLException {
    for (Understudy understudy : cast) {
      enter(understudy);
      if (readers(understudy, parts.stream().map(part -> new Identifier(part.hidden())).toList())
          > 0) {
        throw new SQLException(
            "it reads the columns of the table by their position (JOIN USING under another name, or"
                + " a list of column aliases)",
            Rejections.NOT_SUPPORTED);
      }
    }
  }

  private long readers(Understudy understudy, List<Identifier> columns) throws SQLException {
    return session.one(
        row -> row.getLong(1),
        """
        SELECT count(*)
        FROM pg_depend d
        JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
        LEFT JOIN pg_trigger t ON d.classid = 'pg_trigger'::regclass AND t.oid = d.objid
        LEFT JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid
        WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = %s::regclass
          AND a.attname IN (%s)
          AND CASE ?
                WHEN 'TRIGGER' THEN t.tgname = ?
                WHEN 'FUNCTION' THEN p.proname = ?
                ELSE r.ev_class = to_regclass(%s) AND r.rulename = %s
              END"""
            .formatted(
                Literal.of(clone),
                columns.stream()
                    .map(column -> Literal.of(column.value()))
                    .collect(Collectors.joining(", ")),
                Literal.of(understudy.relation()),
                understudy.follower().kind() == Kind.RULE
                    ? Literal.of(understudy.follower().name().value())
                    : "'_RETURN'"),
        understudy.follower().kind().name(),
        understudy.follower().name().value(),
        understudy.follower().name().value());
  }

  private void rename(String from, String to) throws SQLException {
    if (!from.equals(to)) {
      session.execute("ALTER TABLE " + clone + " RENAME COLUMN " + from + " TO " + to);
    }
  }

  private String text(String sql) throws SQLException {
    return session.one(row -> row.getString(1), sql);
  }

  private void enter(Understudy understudy) {
    onStage = Optional.of(understudy);
  }
}
