package dev.gatefold.planner.snapshot;

import java.util.regex.Pattern;

/** Queries over a catalog, with short forms for what all of them ask. */
final class CatalogText {

  // Ours is another product's memory, which the application's schema can do without.
  private static final String OURS =
      "$1 IN (SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_'"
          + " AND nspname NOT IN ('information_schema', 'gatefold'))";

  private static final String OWN =
      "NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = '$1'::regclass"
          + " AND m.objid = $2 AND m.deptype = 'e')";

  private static final String OPTIONS =
      "(SELECT string_agg(CONCAT($2, split_part(o, '=', 1), '=',"
          + " quote_literal(substr(o, strpos(o, '=') + 1))), ', ') FROM unnest($1) AS o)";

  private static final Pattern OURS_FORM = Pattern.compile("\\{ours (\\S+)}");
  private static final Pattern OWN_FORM = Pattern.compile("\\{own (\\S+) (\\S+)}");
  private static final Pattern OPTIONS_FORM = Pattern.compile("\\{options (\\S+) (\\S+)}");

  private CatalogText() {}

  /**
   * Writes the short forms out: <code>{ours NAMESPACE}</code>, which holds in the users' schemas;
   * <code>{own CATALOG OID}</code>, which holds for what no extension brought; and <code>
   * {options ARRAY PREFIX}</code>, storage parameters as WITH wants them.
   */
  static String of(String query) {
    String ours = OURS_FORM.matcher(query).replaceAll(OURS);
    String own = OWN_FORM.matcher(ours).replaceAll(OWN);
    return OPTIONS_FORM.matcher(own).replaceAll(OPTIONS);
  }
}
