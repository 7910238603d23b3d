package dev.gatefold.planner.snapshot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts objects in an order in which they can be made, the same for the same objects: by kind, then
 * table by table, and whatever is needed earlier right before that. Not thread-safe.
 */
final class Order {

  private final Map<String, SnapshotObject> objects = new LinkedHashMap<>();
  private final Set<String> begun = new LinkedHashSet<>();
  private final List<SnapshotObject> done = new ArrayList<>();

  private Order(Collection<SnapshotObject> all) {
    all.forEach(object -> objects.put(object.key(), object));
  }

  static List<SnapshotObject> of(Collection<SnapshotObject> all) {
    Order order = new Order(all);
    Comparator<SnapshotObject> first =
        Comparator.comparingInt(
                (SnapshotObject object) -> Kind.time(object.kind(), order.group(object).kind()))
            .thenComparing(object -> order.group(object).identity())
            .thenComparingInt(object -> Kind.place(object.kind()))
            .thenComparing(SnapshotObject::key);
    all.stream().sorted(first).forEach(order::take);
    return order.done;
  }

  private SnapshotObject group(SnapshotObject object) {
    return object.of().map(of -> objects.getOrDefault(of, object)).orElse(object);
  }

  /** A circle is left where it closes; making the objects will tell whether it matters. */
  private void take(SnapshotObject object) {
    if (!begun.add(object.key())) {
      return;
    }
    object.of().ifPresent(this::take);
    object.needs().forEach(this::take);
    done.add(object);
  }

  private void take(String key) {
    SnapshotObject object = objects.get(key);
    if (object != null) {
      take(object);
    }
  }
}
