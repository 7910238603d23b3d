package dev.gatefold.planner.snapshot;

import java.util.List;

/** The order of kinds: what all else needs comes first, what joins others comes last. */
final class Kind {

  static final String ROLE = "role";
  static final String SCHEMA = "schema";
  static final String FOREIGN_KEY = "foreign key";

  private static final List<String> RELATIONS =
      List.of("table", "foreign table", "view", "materialized view");

  private static final List<String> VIEWS = List.of("view", "materialized view");

  private static final List<String> CHILDREN = List.of("partition", "heir");

  private static final List<String> SETTING =
      List.of(ROLE, "membership", "right", "database", SCHEMA);

  private static final List<String> GLOBAL =
      List.of(
          "extension",
          "collation",
          "foreign data wrapper",
          "server",
          "enum",
          "composite type",
          "range type",
          "domain",
          "domain constraint",
          "function",
          "procedure",
          "aggregate",
          "operator",
          "cast");

  private static final List<String> PARTS =
      List.of(
          "table",
          "foreign table",
          "view",
          "materialized view",
          "sequence",
          "default",
          "constraint",
          "index",
          "statistics",
          "policy",
          "rule",
          "trigger");

  private static final List<String> LAST =
      List.of(
          FOREIGN_KEY, "partition", "heir", "publication", "published schema", "published table");

  private static final int TABLES = 100;
  private static final int OF_VIEWS = 101;
  private static final int AFTER_ALL = 200;

  private Kind() {}

  /** Whether other objects belong to it. */
  static boolean isRelation(String kind) {
    return RELATIONS.contains(kind);
  }

  static boolean isView(String kind) {
    return VIEWS.contains(kind);
  }

  /** Whether it joins a table to its parent. */
  static boolean isChild(String kind) {
    return CHILDREN.contains(kind);
  }

  /** Whether it is made whatever is asked for: all else may speak of it. */
  static boolean isSetting(String kind) {
    return SETTING.contains(kind);
  }

  /**
   * When an object is made, if nothing that needs it is made before.
   *
   * @param of the kind of what it belongs to, or its own
   */
  static int time(String kind, String of) {
    if (LAST.contains(kind)) {
      return AFTER_ALL + LAST.indexOf(kind);
    }
    if (PARTS.contains(kind)) {
      return isView(of) ? OF_VIEWS : TABLES;
    }
    return SETTING.contains(kind) ? SETTING.indexOf(kind) : SETTING.size() + GLOBAL.indexOf(kind);
  }

  /** When it is made among the parts of one relation. */
  static int place(String kind) {
    return PARTS.indexOf(kind);
  }
}
