package dev.gatefold.planner.snapshot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One right on an object, or on a column of it, that was taken away from those who have it from the
 * beginning, or given to somebody.
 *
 * @param part the column in parentheses, or nothing
 * @param grantor who gave it, where that was not the owner
 */
record Right(
    String part,
    boolean taken,
    String privilege,
    boolean grantable,
    String grantee,
    Optional<String> grantor) {

  /**
   * The statements for all rights on one object.
   *
   * @param target what ALTER calls it
   */
  static List<String> statements(String target, List<Right> rights) {
    List<String> statements = new ArrayList<>();
    List<Right> open = new ArrayList<>(rights);
    List<Right> done = new ArrayList<>();
    // Whoever passes a right on must have got it before.
    while (!open.isEmpty()) {
      List<Right> next = open.stream().filter(right -> right.canBeGiven(done)).toList();
      if (next.isEmpty()) {
        next = List.copyOf(open);
      }
      statements.addAll(together(target, next));
      open.removeAll(next);
      done.addAll(next);
    }
    return statements;
  }

  private boolean canBeGiven(List<Right> done) {
    return grantor.isEmpty()
        || done.stream()
            .anyMatch(it -> it.grantable && it.grantee.equals(grantor.get()) && it.covers(this));
  }

  private boolean covers(Right other) {
    return privilege.equals(other.privilege) && (part.isEmpty() || part.equals(other.part));
  }

  /** Rights that differ in nothing but the privilege make one statement. */
  private static List<String> together(String target, List<Right> rights) {
    Map<Right, String> privileges = new LinkedHashMap<>();
    for (Right right : rights) {
      Right alike =
          new Right(right.part, right.taken, "", right.grantable, right.grantee, right.grantor);
      privileges.merge(alike, right.privilege + right.part, (all, one) -> all + ", " + one);
    }
    return privileges.entrySet().stream()
        .flatMap(entry -> entry.getKey().sql(grantTarget(target), entry.getValue()).stream())
        .collect(Collectors.toList());
  }

  private List<String> sql(String target, String privileges) {
    if (taken) {
      return List.of("REVOKE %s ON %s FROM %s".formatted(privileges, target, grantee));
    }
    String grant =
        "GRANT %s ON %s TO %s%s"
            .formatted(privileges, target, grantee, grantable ? " WITH GRANT OPTION" : "");
    return grantor
        .map(
            role ->
                List.of("SET SESSION AUTHORIZATION " + role, grant, "RESET SESSION AUTHORIZATION"))
        .orElse(List.of(grant));
  }

  /** GRANT knows fewer words than ALTER does. */
  private static String grantTarget(String target) {
    return target
        .replaceFirst("^(MATERIALIZED VIEW|VIEW|FOREIGN TABLE) ", "TABLE ")
        .replaceFirst("^DOMAIN ", "TYPE ")
        .replaceFirst("^AGGREGATE ", "FUNCTION ")
        .replaceFirst("^SERVER ", "FOREIGN SERVER ");
  }
}
