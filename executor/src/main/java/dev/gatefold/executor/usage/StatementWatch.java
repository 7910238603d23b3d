package dev.gatefold.executor.usage;

import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.StatementStore.Counted;
import dev.gatefold.executor.store.StatementStore.Watch;
import dev.gatefold.executor.store.Stores;
import dev.gatefold.executor.usage.PlaceLook.Lost;
import dev.gatefold.executor.usage.PlaceLook.Use;
import dev.gatefold.executor.usage.ServerLook.Running;
import dev.gatefold.executor.usage.ServerLook.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares what a server shows with what it showed at the look before, and notes it. */
final class StatementWatch {

  private final Stores stores;
  private final Connection connection;
  private final Rollout rollout;
  private final Map<OldColumn, Search> searches;

  StatementWatch(
      Stores stores, Connection connection, Rollout rollout, Map<OldColumn, Search> searches) {
    this.stores = stores;
    this.connection = connection;
    this.rollout = rollout;
    this.searches = Map.copyOf(searches);
  }

  /** By the primary's clock, by which all times here are. */
  Instant now() throws SQLException {
    return stores.verifications().serverTime(connection);
  }

  /** {@code began} is a time before the server was asked. */
  PlaceLook compare(String place, Instant began, ServerLook look) throws SQLException {
    Instant now = now();
    Map<OldColumn, List<Use>> uses = running(look, now);
    Optional<Watch> watch =
        look.countedAs().isPresent()
            ? Optional.of(counted(place, began, now, look, look.countedAs().get(), uses))
            : Optional.empty();
    return new PlaceLook(
        place,
        watch.map(Watch::since),
        watch.flatMap(it -> it.lostAt().map(at -> new Lost(at, it.lostWhy().orElse("")))),
        uses,
        look.unseen());
  }

  private Map<OldColumn, List<Use>> running(ServerLook look, Instant now) {
    Map<OldColumn, List<Use>> uses = new HashMap<>();
    searches.forEach(
        (column, search) -> {
          List<Use> seen = new ArrayList<>();
          for (Running running : look.running()) {
            if (Mentions.inStatement(running.text(), search)) {
              seen.add(new Use(running.session(), running.text(), now));
            }
          }
          uses.put(column, seen);
        });
    return uses;
  }

  private Watch counted(
      String place,
      Instant began,
      Instant now,
      ServerLook look,
      String countedAs,
      Map<OldColumn, List<Use>> uses)
      throws SQLException {
    Optional<Watch> before = stores.statements().watch(connection, rollout.id(), place);
    Map<String, Counted> known = stores.statements().counted(connection, rollout.id(), place);
    Set<String> gone = new HashSet<>(known.keySet());
    for (Statement statement : look.counted()) {
      gone.remove(statement.key());
      List<OldColumn> columns = used(statement);
      if (!columns.isEmpty()) {
        Counted counted =
            count(Optional.ofNullable(known.get(statement.key())), statement, before, now);
        stores.statements().save(connection, rollout.id(), place, statement.key(), counted);
        counted
            .lastRise()
            .map(rise -> new Use("user " + statement.user(), statement.text(), rise))
            .ifPresent(
                use ->
                    columns.forEach(
                        column -> uses.computeIfAbsent(column, it -> new ArrayList<>()).add(use)));
      }
    }
    for (String key : gone) {
      stores.statements().forget(connection, rollout.id(), place, key);
    }
    Watch watch = watch(before, began, now, countedAs, !gone.isEmpty());
    stores.statements().save(connection, rollout.id(), place, watch);
    return watch;
  }

  private List<OldColumn> used(Statement statement) {
    return searches.entrySet().stream()
        .filter(column -> Mentions.inStatement(statement.text(), column.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Fewer calls than before are calls of an entry that was thrown away and came again. */
  private static Counted count(
      Optional<Counted> known, Statement statement, Optional<Watch> before, Instant now) {
    if (known.isPresent() && known.get().calls() == statement.calls()) {
      return known.get();
    }
    return new Counted(statement.calls(), before.isPresent() ? Optional.of(now) : Optional.empty());
  }

  private static Watch watch(
      Optional<Watch> before, Instant began, Instant now, String countedAs, boolean someGone) {
    if (before.isEmpty()) {
      return new Watch(began, countedAs, Optional.empty(), Optional.empty());
    }
    if (!before.get().countedAs().equals(countedAs)) {
      return before
          .get()
          .losing(now, countedAs, "pg_stat_statements was reset or threw statements away");
    }
    return someGone
        ? before.get().losing(now, countedAs, "single statements were reset")
        : before.get();
  }
}
