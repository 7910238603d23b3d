package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.BackfillOutcome.Finished;
import dev.gatefold.backfill.testing.Scene;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may write to a schema of the search path may put operators there; none is ours. */
class OtherOperatorsTest {

  /** For pairs of types for which the server's own operators are not an exact match. */
  private static final String OPERATORS =
      """
      DO $do$
      DECLARE
        pair text[];
        operator text;
      BEGIN
        FOREACH pair SLICE 1 IN ARRAY ARRAY[
          ['text[]', 'text[]'], ['int2[]', 'int2[]'], ['varchar', 'varchar'], ['text', 'varchar'],
          ['name', 'varchar'], ['oid', 'int4'], ['real', 'int4']]
        LOOP
          EXECUTE format(
              $f$CREATE FUNCTION public.other(%1$s, %2$s) RETURNS boolean LANGUAGE plpgsql AS
                 'BEGIN RAISE EXCEPTION ''another operator of %1$s and %2$s''; END'$f$,
              pair[1], pair[2]);
          FOREACH operator IN ARRAY ARRAY['=', '<>', '<', '>', '<=', '>=', '/'] LOOP
            EXECUTE format(
                'CREATE OPERATOR public.%s (PROCEDURE = public.other, LEFTARG = %s, RIGHTARG = %s)',
                operator, pair[1], pair[2]);
          END LOOP;
        END LOOP;
      END $do$;
      CREATE FUNCTION public.unnest(oidvector) RETURNS SETOF oid LANGUAGE plpgsql AS
          'BEGIN RAISE EXCEPTION ''another unnest''; END';
      """;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noneOfThemIsUsed(boolean blocks) throws Exception {
    try (Scene scene = Scene.items(40);
        Connection other = scene.database.connect()) {
      RowMapping mapping =
          blocks ? scene.itemMapping().fromBlockToBlock("a test") : scene.itemMapping();
      scene.database.execute(OPERATORS + "ANALYZE item;");
      BackfillJob job = Scene.job(mapping);
      scene.afterBatch(batch -> assertThat(Scene.ledger(job).isAnyFree(other, 1)).isFalse());
      assertThat(scene.run(job)).isInstanceOf(Finished.class);
      assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("40");
    }
  }
}
