package dev.gatefold.planner.snapshot;

import dev.gatefold.planner.catalog.Session;
import dev.gatefold.planner.snapshot.Found.Address;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All that was found in a catalog, and what belongs to what. Not thread-safe. */
final class Inventory {

  private static final String ROWS =
      """
      SELECT q.catalog::oid::bigint, q.oid::bigint, q.kind, q.identity, q.relation::bigint, q.target,
             quote_ident(pg_get_userbyid(nullif(q.owner, 0))) AS owner, q.made, q.more
      FROM (%s) AS q (catalog, oid, kind, identity, relation, target, owner, made, more)
      """;

  private static final String PG_CLASS = "SELECT 'pg_class'::regclass::oid::bigint";

  private final Session session;
  private final long relations;
  private final List<Found> all = new ArrayList<>();
  private final Map<Address, Found> byAddress = new HashMap<>();
  private final Map<Address, Address> aliases = new HashMap<>();

  private Inventory(Session session) throws SQLException {
    this.session = session;
    this.relations = session.one(row -> row.getLong(1), PG_CLASS);
  }

  static Inventory read(Session session) throws SQLException {
    Inventory inventory = new Inventory(session);
    int version = session.version();
    inventory.add(GlobalQueries.all(version));
    inventory.add(TypeQueries.all());
    inventory.add(RoutineQueries.all());
    inventory.add(RelationQueries.all());
    inventory.add(PartQueries.all(version));
    inventory.addAliases();
    return inventory;
  }

  List<Found> all() {
    return List.copyOf(all);
  }

  private void add(List<String> queries) throws SQLException {
    for (String query : queries) {
      for (Found found : session.list(this::found, ROWS.formatted(CatalogText.of(query)))) {
        all.add(found);
        byAddress.putIfAbsent(found.address(), found);
      }
    }
  }

  private Found found(ResultSet row) throws SQLException {
    long of = row.getLong(5);
    Array more = row.getArray(9);
    return new Found(
        new Address(row.getLong(1), row.getLong(2)),
        row.getString(3),
        row.getString(4),
        of == 0 ? Optional.empty() : Optional.of(new Address(relations, of)),
        Optional.ofNullable(row.getString(6)),
        Optional.ofNullable(row.getString(7)),
        row.getString(8),
        List.of((String[]) more.getArray()));
  }

  private void addAliases() throws SQLException {
    session.list(
        row ->
            Optional.ofNullable(
                aliases.put(
                    new Address(row.getLong(1), row.getLong(2)),
                    new Address(row.getLong(3), row.getLong(4)))),
        EdgeQueries.ALIASES);
  }

  /** The object that stands at an address. */
  Optional<Found> at(Address address) {
    return Optional.ofNullable(byAddress.get(address));
  }

  /** The object that stands at an address, or that whatever stands there is part of. */
  Optional<Found> home(Address address) {
    Optional<Address> at = Optional.of(address);
    while (at.isPresent() && !byAddress.containsKey(at.get())) {
      at = Optional.ofNullable(aliases.get(at.get()));
    }
    return at.map(byAddress::get);
  }

  /** A type of its own that stands in the catalog as a relation and as a type. */
  Optional<Found> type(Address address) {
    return home(address).filter(found -> found.kind().equals("composite type"));
  }

  /** The keys of what each object needs beside the relation that it belongs to, sorted. */
  Map<String, List<String>> needs() throws SQLException {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    List<Address[]> edges =
        session.list(
            row ->
                new Address[] {
                  new Address(row.getLong(1), row.getLong(2)),
                  new Address(row.getLong(3), row.getLong(4))
                },
            EdgeQueries.EDGES);
    for (Address[] edge : edges) {
      Optional<Found> from = home(edge[0]);
      from.ifPresent(it -> home(edge[1]).ifPresent(to -> need(needs, it, to)));
    }
    for (Found found : all) {
      if (Kind.isChild(found.kind())) {
        at(new Address(relations, found.address().oid()))
            .ifPresent(child -> need(needs, found, child));
      }
    }
    Map<String, List<String>> sorted = new HashMap<>();
    needs.forEach((key, value) -> sorted.put(key, value.stream().sorted().toList()));
    return sorted;
  }

  private void need(Map<String, Set<String>> needs, Found from, Found to) {
    boolean said =
        from.equals(to)
            || to.kind().equals(Kind.SCHEMA)
            || from.of().flatMap(this::home).filter(to::equals).isPresent();
    if (!said) {
      needs.computeIfAbsent(from.key(), key -> new LinkedHashSet<>()).add(to.key());
    }
  }
}
