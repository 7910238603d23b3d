package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.dialect.SyncSpec.DownFailure;
import dev.gatefold.planner.dialect.SyncSpec.Group;
import dev.gatefold.planner.dialect.SyncSpec.Mapped;
import dev.gatefold.planner.dialect.SyncSpec.Side;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.ColumnType.Kind;
import dev.gatefold.planner.schema.SqlTemplate;
import dev.gatefold.planner.schema.TableProbe.MappingProbe;
import java.util.List;
import java.util.Optional;

/** Specifications of a sync as the planner would make them, written by hand. */
final class SyncFixture {

  static final String TOKEN = "0a1b2c3d";

  /** The number of the column {@code old} in the tables of these tests. */
  static final int OLD = 3;

  static final ColumnType INTEGER = type("integer");
  static final ColumnType BIGINT = type("bigint");
  static final ColumnType TEXT = type("text");

  /** The value, without its reference to a row, by which a mapping knows the column {@code old}. */
  static final String VALUE = SqlTemplate.ROW + "." + SqlTemplate.COLUMN + OLD;

  private SyncFixture() {}

  /** A type whose equality tells any two images apart. */
  static ColumnType type(String sql) {
    return new ColumnType(sql, sql, -1, Kind.BASE, Optional.empty(), true);
  }

  /** A type whose equality is more lenient than the comparison of images, or which has none. */
  static ColumnType lenient(String sql) {
    return new ColumnType(sql, sql, -1, Kind.BASE, Optional.empty(), false);
  }

  static ColumnType varchar(int length) {
    return new ColumnType(
        "character varying(" + length + ")",
        "character varying",
        length + 4,
        Kind.BASE,
        Optional.empty(),
        true);
  }

  /** A value as storing it in {@code varchar(length)} takes it: what is too long is an error. */
  static String storedIn(int length, String value) {
    return "pg_catalog.varchar((%s)::pg_catalog.varchar, %d, false)".formatted(value, length + 4);
  }

  static MappingProbe infallible(String value) {
    return mapping(value, true);
  }

  static MappingProbe fallible(String value) {
    return mapping(value, false);
  }

  private static MappingProbe mapping(String value, boolean infallible) {
    return new MappingProbe(
        new SqlTemplate(value), false, infallible, false, true, List.of(), true, true);
  }

  static Side side(String name, ColumnType type) {
    return new Side(new Identifier(name), type, Optional.empty());
  }

  static Side side(String name, ColumnType type, String steadyDefault) {
    return new Side(new Identifier(name), type, Optional.of(steadyDefault));
  }

  static Group pair(Side old, Side replacement, MappingProbe up, MappingProbe down) {
    return new Group(
        "public.t." + old.name(),
        List.of(new Mapped(OLD, old, down)),
        List.of(new Mapped(OLD, replacement, up)),
        DownFailure.REFUSE);
  }

  /** A sync of the table {@code public.t}. */
  static SyncSpec sync(Group... groups) {
    return syncOf(TableName.parse("t"), groups);
  }

  static SyncSpec syncOf(TableName table, Group... groups) {
    return new SyncSpec(
        new ChangeName("widen"), table, 1, false, TOKEN, List.of(), List.of(groups), List.of());
  }
}
