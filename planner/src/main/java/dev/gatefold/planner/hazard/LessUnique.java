package dev.gatefold.planner.hazard;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.TableCopy;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.UniqueKey;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A primary key with more columns lets rows be that the old one would have refused. */
final class LessUnique implements HazardCheck {

  private static final Danger DANGER = Danger.of("less-unique", Severity.WARNING);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .copied()
        .filter(rows -> !staysUnique(scene, rows))
        .map(rows -> hazard(scene, rows))
        .toList();
  }

  private static boolean staysUnique(Scene scene, RowMapping rows) {
    Set<Identifier> before = new HashSet<>(names(rows.key()));
    return new HashSet<>(after(rows)).equals(before)
        || scene.table(rows.table()).stream()
            .map(Table::keys)
            .flatMap(List::stream)
            .filter(key -> !key.primary())
            .map(UniqueKey::columns)
            .anyMatch(columns -> before.containsAll(names(columns)));
  }

  private static Hazard hazard(Scene scene, RowMapping rows) {
    String before = words(names(rows.key()));
    return DANGER.at(
        scene.weight(rows.table()),
        rows.table().toString(),
        "from retire on two rows may have the same (%s): only (%s) is unique then; while there are such rows, neither drop nor the way back is open"
            .formatted(before, words(after(rows))),
        "Let nothing rely on it: no ON CONFLICT (%s), and no application that makes such values by itself."
            .formatted(before));
  }

  private static List<Identifier> after(RowMapping rows) {
    return rows.copy().map(TableCopy::primaryKey).orElse(List.of());
  }

  private static List<Identifier> names(List<KeyColumn> columns) {
    return columns.stream().map(KeyColumn::name).toList();
  }

  private static String words(List<Identifier> names) {
    return names.stream().map(Identifier::toString).collect(Collectors.joining(", "));
  }
}
