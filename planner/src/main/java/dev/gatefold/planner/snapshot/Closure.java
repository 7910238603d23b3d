package dev.gatefold.planner.snapshot;

import dev.gatefold.planner.name.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What named tables hang together with. Their whole trees of partitions, the views over them and
 * the tables that refer to them come with all that they have; tables that any of these need come
 * with what needs no further table; and all types and routines come, since a change may call any of
 * them. Not thread-safe.
 */
final class Closure {

  private final SchemaSnapshot snapshot;
  private final Map<String, SnapshotObject> objects = new LinkedHashMap<>();
  private final Map<String, List<SnapshotObject>> dependents = new HashMap<>();
  private final Map<String, List<SnapshotObject>> parts = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Set<String> whole = new HashSet<>();
  private final Deque<SnapshotObject> open = new ArrayDeque<>();

  Closure(SchemaSnapshot snapshot) {
    this.snapshot = snapshot;
    for (SnapshotObject object : snapshot.objects()) {
      objects.put(object.key(), object);
      object.of().ifPresent(of -> parts.computeIfAbsent(of, key -> new ArrayList<>()).add(object));
      object
          .needs()
          .forEach(need -> dependents.computeIfAbsent(need, key -> new ArrayList<>()).add(object));
    }
  }

  SchemaSnapshot of(Collection<TableName> tables) {
    takeNamed(tables);
    snapshot.objects().stream().filter(object -> !isRelational(object)).forEach(this::take);
    snapshot.objects().stream().filter(this::fits).forEach(this::take);
    return part();
  }

  /** The keys of what the named tables are not the same without. */
  Set<String> required(Collection<TableName> tables) {
    takeNamed(tables);
    return Set.copyOf(taken);
  }

  private void takeNamed(Collection<TableName> tables) {
    Set<TableName> named = Set.copyOf(tables);
    for (SnapshotObject object : snapshot.objects()) {
      if (Kind.isRelation(object.kind()) && named.contains(TableName.parse(object.identity()))) {
        takeWhole(object);
      }
    }
    while (!open.isEmpty()) {
      attach(open.pop());
    }
  }

  /** Takes a relation with all its parts and with what comes along. */
  private void takeWhole(SnapshotObject relation) {
    take(relation);
    if (whole.add(relation.key())) {
      open.push(relation);
    }
  }

  private void attach(SnapshotObject relation) {
    for (SnapshotObject part : parts(relation)) {
      take(part);
      if (Kind.isChild(part.kind())) {
        part.needs().forEach(this::takeWholeRelation);
      }
    }
    for (SnapshotObject dependent : dependents(relation)) {
      if (Kind.isView(dependent.kind())) {
        takeWhole(dependent);
      } else if (Kind.isChild(dependent.kind()) || dependent.kind().equals(Kind.FOREIGN_KEY)) {
        take(dependent);
        dependent.of().ifPresent(this::takeWholeRelation);
      }
    }
  }

  private void takeWholeRelation(String key) {
    Optional.ofNullable(objects.get(key))
        .filter(object -> Kind.isRelation(object.kind()))
        .ifPresent(this::takeWhole);
  }

  private void take(SnapshotObject object) {
    if (taken.add(object.key())) {
      object.of().ifPresent(this::take);
      object.needs().forEach(this::take);
      parts(object).stream().filter(it -> Kind.isChild(it.kind())).forEach(this::take);
      dependents(object).stream().filter(it -> Kind.isChild(it.kind())).forEach(this::take);
    }
  }

  private List<SnapshotObject> parts(SnapshotObject relation) {
    return parts.getOrDefault(relation.key(), List.of());
  }

  private List<SnapshotObject> dependents(SnapshotObject object) {
    return dependents.getOrDefault(object.key(), List.of());
  }

  private void take(String key) {
    Optional.ofNullable(objects.get(key)).ifPresent(this::take);
  }

  private static boolean isRelational(SnapshotObject object) {
    return object.of().isPresent() || Kind.isRelation(object.kind());
  }

  /** A part of a table that was taken for another one's sake, if it needs nothing more. */
  private boolean fits(SnapshotObject object) {
    return object.of().filter(taken::contains).isPresent() && taken.containsAll(object.needs());
  }

  private SchemaSnapshot part() {
    Set<String> tables = new HashSet<>();
    taken.stream().map(objects::get).forEach(object -> tables.add(object.identity()));
    return new SchemaSnapshot(
        snapshot.source(),
        snapshot.objects().stream().filter(object -> taken.contains(object.key())).toList(),
        snapshot.sizes().stream().filter(size -> tables.contains(size.table())).toList(),
        snapshot.leftOut(),
        snapshot.underWay().stream().filter(tables::contains).toList());
  }
}
