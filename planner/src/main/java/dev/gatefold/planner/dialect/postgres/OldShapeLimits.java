package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.dialect.SyncSpec.DownFailure;
import dev.gatefold.planner.dialect.SyncSpec.Group;
import dev.gatefold.planner.dialect.SyncSpec.Limit;
import dev.gatefold.planner.dialect.SyncSpec.Mapped;
import dev.gatefold.planner.schema.SqlTemplate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Refuses a write of the new shape whose old value runs against a check or NOT NULL of the old
 * shape. The server would refuse it too, but in the name of a column that the writer never heard
 * of; here the refusal names the change.
 *
 * <p>What the new shape refuses as well is left to the server: that is the application's own error.
 * What an application wrote into the old shape is left to the server, too.
 */
final class OldShapeLimits {

  private static final String MAPPED_BACK = "mapped_back";

  private OldShapeLimits() {}

  /** What follows where an old value was made from a new one; empty where nothing limits it. */
  static String remember(SyncSpec sync) {
    return limits(sync).isEmpty() ? "" : "\n%s := true;".formatted(MAPPED_BACK);
  }

  /** The statements of a function that map values, with what is to be declared and asked. */
  static String around(SyncSpec sync, String statements) {
    if (limits(sync).isEmpty() || !statements.contains(MAPPED_BACK)) {
      return "BEGIN\n" + statements;
    }
    StringBuilder sql = new StringBuilder("DECLARE\n  " + MAPPED_BACK + " boolean := false;\n");
    sql.append("BEGIN\n").append(statements);
    sql.append("\n  IF ").append(MAPPED_BACK).append(takenByNew(sync)).append(" THEN");
    for (Limit limit : limits(sync)) {
      String refusal =
          Refusals.NO_OLD_VALUE.because(
              sync,
              group(sync, limit.attnum()).orElseThrow(),
              "The old shape refuses it: " + limit.name() + ".");
      sql.append("\n    IF ")
          .append(broken(sync, limit, limit.condition(), Group::olds))
          .append(" THEN\n      ")
          .append(refusal.replace("\n", "\n      "))
          .append("\n    END IF;");
    }
    return sql.append("\n  END IF;").toString();
  }

  /** An old value that was given up may be NULL whatever the old column says. */
  private static List<Limit> limits(SyncSpec sync) {
    return sync.limits().stream()
        .filter(
            limit ->
                group(sync, limit.attnum())
                    .filter(group -> group.onDownFailure() == DownFailure.REFUSE)
                    .isPresent())
        .toList();
  }

  private static String takenByNew(SyncSpec sync) {
    StringBuilder sql = new StringBuilder();
    for (Limit limit : limits(sync)) {
      limit
          .onNew()
          .ifPresent(
              condition ->
                  sql.append("\n    AND NOT ").append(broken(sync, limit, condition, Group::news)));
    }
    return sql.toString();
  }

  private static String broken(
      SyncSpec sync, Limit limit, SqlTemplate condition, Function<Group, List<Mapped>> side) {
    String asked =
        condition.with(
            number ->
                sync.groups().stream()
                    .flatMap(group -> side.apply(group).stream())
                    .filter(column -> column.number() == number)
                    .findFirst()
                    .map(column -> "NEW." + column.side().name().quoted())
                    .orElseGet(() -> other(limit, number)));
    return "((" + Row.verbatim(asked) + ") IS FALSE)";
  }

  private static String other(Limit limit, int number) {
    return Optional.ofNullable(limit.others().get(number))
        .map(name -> "NEW." + name.quoted())
        .orElseThrow(() -> new IllegalStateException("no name of column number " + number));
  }

  private static Optional<Group> group(SyncSpec sync, int attnum) {
    return sync.groups().stream().filter(group -> group.hasOld(attnum)).findFirst();
  }
}
