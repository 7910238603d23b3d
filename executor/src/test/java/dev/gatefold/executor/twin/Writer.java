package dev.gatefold.executor.twin;

import dev.gatefold.executor.traffic.Crew;
import dev.gatefold.executor.twin.Draft.Rendering;
import dev.gatefold.executor.twin.Draft.Spelling;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Gives both tables the same statements in one transaction each. What one table refuses the other
 * one has to refuse as well, with the same SQLSTATE; else the writer fails.
 */
final class Writer implements Crew.Client {

  private static final List<Names> WAYS = List.of(Names.OLD, Names.EITHER, Names.NEW);
  private static final String NO_SUCH_COLUMN = "42703";

  private final Draft drafts;
  private final SplittableRandom random;
  private final Variant variant;
  private final Supplier<Names> names;

  Writer(Draft drafts, SplittableRandom random, Variant variant, Supplier<Names> names) {
    this.drafts = drafts;
    this.random = random;
    this.variant = variant;
    this.names = names;
  }

  @Override
  public void round(Statement statement, long number) throws SQLException {
    Names now = names.get();
    statement.execute("BEGIN");
    for (int i = random.nextInt(3); i >= 0; i--) {
      for (Rendering rendering : drafts.next()) {
        both(statement, rendering, used(now));
      }
    }
    statement.execute(random.nextInt(10) == 0 ? "ROLLBACK" : "COMMIT");
  }

  private void both(Statement statement, Rendering rendering, Names used) throws SQLException {
    String changed = rendering.sql("public.orders", spelling(used));
    String twin = rendering.sql("twin.orders", List::of);
    String here =
        used == Names.WHICHEVER_IS_THERE
            ? coping(statement, rendering)
            : answer(statement, changed);
    String there = answer(statement, twin);
    if (!here.equals(there) && !isNullRefused(here, there, used)) {
      throw new SQLException("%s: %s%nbut the twin %s: %s".formatted(here, changed, there, twin));
    }
  }

  /** Before each of the two the columns may change over. */
  private String coping(Statement statement, Rendering rendering) throws SQLException {
    String answer = NO_SUCH_COLUMN;
    for (int i = 0; i < 10 && answer.equals(NO_SUCH_COLUMN); i++) {
      Names name = i % 2 == 0 ? Names.OLD : Names.NEW;
      answer = answer(statement, rendering.sql("public.orders", spelling(name)));
    }
    return answer;
  }

  /** By a check, until it is known that no row is NULL. */
  private static boolean isNullRefused(String here, String there, Names used) {
    return used == Names.WHICHEVER_IS_THERE && here.equals("23514") && there.equals("23502");
  }

  /** Where both versions may be about, a statement is of the old one, the new one, or sets both. */
  private Names used(Names now) {
    return now == Names.EITHER ? WAYS.get(random.nextInt(WAYS.size())) : now;
  }

  private Spelling spelling(Names used) {
    return switch (used) {
      case OLD, WHICHEVER_IS_THERE -> List::of;
      case NEW -> column -> List.of(variant.renamed(column));
      case EITHER -> column -> List.of(column, variant.renamed(column));
    };
  }

  private static String answer(Statement statement, String sql) throws SQLException {
    statement.execute("SAVEPOINT before");
    try {
      return statement.executeUpdate(sql) + " rows";
    } catch (SQLException e) {
      // Of what a value may break, all is the user's own; anything else is ours to answer for.
      if (!e.getSQLState().startsWith("23") && !e.getSQLState().equals(NO_SUCH_COLUMN)) {
        throw e;
      }
      statement.execute("ROLLBACK TO before");
      return e.getSQLState();
    }
  }
}
