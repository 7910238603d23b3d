package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.Enums;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import java.util.List;
import java.util.stream.Collectors;

/** Enums of PostgreSQL: each of these locks the type alone, so that no reader or writer waits. */
final class PostgresEnums implements Enums {

  @Override
  public String create(TableName type, List<String> values) {
    return "CREATE TYPE %s AS ENUM (%s)"
        .formatted(
            type.quoted(), values.stream().map(Literal::of).collect(Collectors.joining(", ")));
  }

  @Override
  public String drop(TableName type) {
    return "DROP TYPE " + type.quoted();
  }

  @Override
  public String carry(TableName from, TableName to) {
    return """
    DO $gatefold$
    DECLARE
      old pg_catalog.pg_type;
      g record;
      words text;
    BEGIN
      SELECT * INTO STRICT old FROM pg_catalog.pg_type
      WHERE oid = pg_catalog.to_regtype(%1$s)::pg_catalog.oid;
      words := pg_catalog.obj_description(old.oid, 'pg_type');
      IF words IS NOT NULL THEN
        EXECUTE pg_catalog.format('COMMENT ON TYPE %%s IS %%L', %2$s, words);
      END IF;
      IF old.typacl IS NOT NULL THEN
        EXECUTE pg_catalog.format('REVOKE ALL ON TYPE %%s FROM PUBLIC', %2$s);
        FOR g IN
          SELECT a.is_grantable,
                 CASE a.grantee WHEN 0 THEN 'PUBLIC'
                                ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee))
                 END AS grantee
          FROM pg_catalog.aclexplode(old.typacl) a
        LOOP
          EXECUTE pg_catalog.format('GRANT USAGE ON TYPE %%s TO %%s', %2$s, g.grantee)
            || CASE WHEN g.is_grantable AND g.grantee <> 'PUBLIC' THEN ' WITH GRANT OPTION' ELSE '' END;
        END LOOP;
      END IF;
      EXECUTE pg_catalog.format('ALTER TYPE %%s OWNER TO %%I', %2$s,
                                pg_catalog.pg_get_userbyid(old.typowner));
    END
    $gatefold$\
    """
        .formatted(Literal.of(from.quoted()), Literal.of(to.quoted()));
  }

  @Override
  public String rename(TableName type, Identifier to) {
    return alter(type) + "RENAME TO " + to.quoted();
  }

  @Override
  public String addValue(TableName type, String value) {
    return alter(type) + "ADD VALUE " + Literal.of(value);
  }

  @Override
  public String addValue(TableName type, String value, boolean before, String neighbour) {
    return addValue(type, value) + (before ? " BEFORE " : " AFTER ") + Literal.of(neighbour);
  }

  @Override
  public String renameValue(TableName type, String from, String to) {
    return alter(type) + "RENAME VALUE %s TO %s".formatted(Literal.of(from), Literal.of(to));
  }

  @Override
  public Check typeIs(TableName type, long oid) {
    return new Check(
        "SELECT to_regtype(%s)::oid IS NOT DISTINCT FROM %d::oid"
            .formatted(Literal.of(type.quoted()), oid),
        "type %s is not the one that the plan was made for".formatted(type));
  }

  private static String alter(TableName type) {
    return "ALTER TYPE " + type.quoted() + " ";
  }
}
