package dev.gatefold.executor.faults.scenario;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A table {@code orders} and what is to become of it.
 *
 * @param schema the SQL that makes the table, without rows
 * @param changes the change files, each under its name
 */
public record Scenario(String name, String schema, List<Column> columns, List<File> changes) {

  /** So many customers there are to refer to. */
  static final int CUSTOMERS = 200;

  /** A change file. */
  public record File(String change, String yaml) {}

  public static final List<Scenario> ALL =
      List.of(rename(), retypeUnderItsName(), widen(), relabel(), twoColumns(), twoChanges());

  public Scenario {
    columns = List.copyOf(columns);
    changes = List.copyOf(changes);
  }

  /** How each column's old value becomes a new one. */
  public List<UnaryOperator<String>> up() {
    return columns.stream().map(Column::up).toList();
  }

  /** Where the column stands in the table before any change. */
  public int attnum(Column column) {
    return columns.indexOf(column) + 4;
  }

  private static Scenario rename() {
    return one(
        "rename",
        """
        email text CONSTRAINT email_key UNIQUE CONSTRAINT email_short CHECK (length(email) < 50)""",
        "CREATE INDEX orders_mail ON orders (lower(email))",
        Columns.email("shape"),
        "- rename_column: {table: orders, column: email, to: mail}");
  }

  private static Scenario retypeUnderItsName() {
    return one(
        "retype under its name",
        "total text NOT NULL DEFAULT '0.00'",
        "CREATE INDEX orders_total ON orders (total DESC)",
        Columns.total("shape"),
        """
        - alter_column: {table: orders, column: total, type: "numeric(12,2)", default: "0"}""");
  }

  private static Scenario widen() {
    return one(
        "widen",
        "amount int CONSTRAINT amount_key UNIQUE CONSTRAINT amount_known CHECK (amount >= 0)",
        "COMMENT ON COLUMN orders.amount IS 'pieces'",
        Columns.amount("shape"),
        "- alter_column: {table: orders, column: amount, to: quantity, type: bigint}");
  }

  private static Scenario relabel() {
    return one(
        "relabel",
        "code int",
        "CREATE INDEX orders_code ON orders (code) WHERE code IS NOT NULL",
        Columns.code("shape"),
        RELABEL);
  }

  private static final String RELABEL =
      """
      - alter_column:
            {table: orders, column: code, to: label, type: text, up: "'L' || code",
             down: "regexp_replace(label, '[^0-9]', '', 'g')::int"}""";

  private static Scenario twoColumns() {
    return new Scenario(
        "two columns",
        table(
            "customer text CONSTRAINT customer_known REFERENCES customers, price numeric(14,4)",
            "CREATE INDEX orders_price ON orders (price, customer)"),
        List.of(Columns.customer("shape"), Columns.price("shape")),
        List.of(
            file(
                "shape",
                """
                - rename_column: {table: orders, column: customer, to: buyer}
                  - alter_column:
                      {table: orders, column: price, to: cents, type: bigint,
                       up: "round(price * 100)::bigint", down: "(cents / 100.0)::numeric(14,4)"}""")));
  }

  private static Scenario twoChanges() {
    return new Scenario(
        "two changes",
        table("email text CONSTRAINT email_key UNIQUE, code int", "CREATE INDEX ON orders (code)"),
        List.of(Columns.email("address"), Columns.code("relabel")),
        List.of(
            file("address", "- rename_column: {table: orders, column: email, to: mail}"),
            file("relabel", RELABEL)));
  }

  private static Scenario one(
      String name, String definition, String more, Column column, String operation) {
    return new Scenario(
        name, table(definition, more), List.of(column), List.of(file(column.change(), operation)));
  }

  private static String table(String columns, String more) {
    return """
    CREATE TABLE customers (code text PRIMARY KEY);
    INSERT INTO customers SELECT 'c' || i FROM generate_series(-2, %d) i;
    CREATE TABLE orders (id bigint PRIMARY KEY, version bigint NOT NULL, note varchar(40), %s);
    %s;
    """
        .formatted(CUSTOMERS - 1, columns, more);
  }

  private static File file(String change, String operation) {
    return new File(
        change,
        """
        change: %s
        operations:
          %s
        backfill: {target_batch_time: 5ms, max_rows_per_second: 3000}
        """
            .formatted(change, operation.strip()));
  }

  @Override
  public String toString() {
    return name;
  }
}
