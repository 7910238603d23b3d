package dev.gatefold.planner.catalog;

import dev.gatefold.planner.draft.ConstraintBody;
import dev.gatefold.planner.draft.ConstraintBody.Deferral;
import dev.gatefold.planner.draft.ConstraintBody.ForeignKey;
import dev.gatefold.planner.name.Identifier;
import java.util.List;
import java.util.stream.Collectors;

/** Constraints as SQL, with the author's expressions as they are. */
final class ConstraintText {

  private ConstraintText() {}

  /** Any but a foreign key, which wants the name of another table. */
  static String of(ConstraintBody body) {
    return body.match(
        new ConstraintBody.Cases<>() {
          @Override
          public String check(ConstraintBody.Check check) {
            return "CHECK (" + check.condition() + "\n)";
          }

          @Override
          public String unique(ConstraintBody.Unique unique) {
            return (unique.primary() ? "PRIMARY KEY" : "UNIQUE")
                + (unique.nullsNotDistinct() ? " NULLS NOT DISTINCT " : " ")
                + list(unique.columns())
                + (unique.include().isEmpty() ? "" : " INCLUDE " + list(unique.include()))
                + deferral(unique.deferral());
          }

          @Override
          public String foreignKey(ForeignKey key) {
            return ConstraintText.of(key, key.referenced().quoted(), key.referencedColumns());
          }

          @Override
          public String exclusion(ConstraintBody.Exclusion exclusion) {
            return "EXCLUDE"
                + exclusion.method().map(method -> " USING " + method).orElse("")
                + exclusion.elements().stream().collect(Collectors.joining("\n, ", " (", "\n)"))
                + exclusion.where().map(where -> " WHERE (" + where + "\n)").orElse("")
                + deferral(exclusion.deferral());
          }
        });
  }

  /** A foreign key that refers to the given table; to its primary key without columns. */
  static String of(ForeignKey key, String referenced, List<Identifier> columns) {
    List<Identifier> named = key.referencedColumns().isEmpty() ? columns : key.referencedColumns();
    return "FOREIGN KEY %s REFERENCES %s%s"
            .formatted(list(key.columns()), referenced, named.isEmpty() ? "" : " " + list(named))
        + (key.matchFull() ? " MATCH FULL" : "")
        + key.onUpdate().map(action -> " ON UPDATE " + action).orElse("")
        + key.onDelete().map(action -> " ON DELETE " + action).orElse("")
        + deferral(key.deferral());
  }

  private static String deferral(Deferral deferral) {
    return deferral.sql().isEmpty() ? "" : " " + deferral.sql();
  }

  private static String list(List<Identifier> columns) {
    return columns.stream().map(Identifier::quoted).collect(Collectors.joining(", ", "(", ")"));
  }
}
