package dev.gatefold.planner.straight;

import dev.gatefold.planner.change.ColumnTraits;
import dev.gatefold.planner.change.Numbering;
import dev.gatefold.planner.change.Operation.AlterColumn;
import dev.gatefold.planner.change.TypeTrade;
import dev.gatefold.planner.dialect.Columns.Retyped;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe.ColumnProbe;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A column that is to be another in its own place.
 *
 * @param trades types that have given way to others of their names by then
 */
record AlteredColumn(
    Table table, Column column, AlterColumn operation, ColumnProbe probe, List<TypeTrade> trades) {

  static AlteredColumn of(Schema schema, AlterColumn operation, List<TypeTrade> trades) {
    Table table = schema.table(operation.table()).orElseThrow();
    Column column = table.column(operation.column()).orElseThrow();
    ColumnProbe probe =
        schema.probe(operation.table()).orElseThrow().column(column.attnum()).orElseThrow();
    return new AlteredColumn(table, column, operation, probe, trades);
  }

  TableName name() {
    return table.name();
  }

  Identifier finalName() {
    return operation.finalName();
  }

  boolean renamed() {
    return !finalName().equals(column.name());
  }

  boolean reads(Set<Integer> attnums) {
    return attnums.contains(column.attnum());
  }

  /** Whether its values change, or their type. */
  boolean retyped() {
    ColumnType type = probe.type().accepted();
    return operation.mapping().up().isPresent()
        || !type.sql().equals(column.type().sql())
        || !type.collation().equals(column.type().collation());
  }

  Retyped retype() {
    ColumnType type = probe.type().accepted();
    String collation = type.collation().map(name -> " COLLATE " + name).orElse("");
    boolean assigned = probe.inPlace() && operation.mapping().up().isEmpty();
    return new Retyped(
        column.name(),
        after(type.sql()) + collation,
        assigned
            ? Optional.empty()
            : Optional.of(
                after(probe.up().accepted().value().with(attnum -> column.name().quoted()))));
  }

  /** The default in the end, where there is one or the file says that there is none. */
  private Optional<String> newDefault() {
    return saysDefault() ? probe.newDefault().accepted().map(this::after) : Optional.empty();
  }

  private boolean saysDefault() {
    return operation.wanted().defaultValue().isPresent() || column.defaultValue().isPresent();
  }

  Optional<String> oldDefault() {
    return column.defaultValue().map(Column.Default::expression);
  }

  /** Whether the default has to be set; the server turns one that reads the same by itself. */
  boolean newlyDefaulted() {
    return saysDefault()
        && !becomesIdentity()
        && (!newDefault().equals(oldDefault()) || (retyped() && traded()));
  }

  /** What the default is set to. */
  Optional<String> defaultValue() {
    return newDefault();
  }

  /** Whether the old default is in the way of the new type. */
  boolean defaultGoesBefore() {
    return retyped() && newlyDefaulted() && column.defaultValue().isPresent();
  }

  boolean losesNotNull() {
    return column.notNull() && operation.wanted().nullable().orElse(false);
  }

  boolean gainsNotNull() {
    return !column.notNull() && (becomesIdentity() || !operation.wanted().nullable().orElse(true));
  }

  /** Whether the server is to number the rows, as it does not yet. */
  boolean becomesIdentity() {
    return column.identity().isEmpty()
        && operation
            .wanted()
            .traits()
            .numbering()
            .filter(Numbering.Counting.class::isInstance)
            .isPresent();
  }

  /** Whether its values are other ones of the same type. */
  boolean keepsType() {
    return retyped() && probe.type().accepted().sql().equals(column.type().sql());
  }

  /** Whether it can be what it was again, whoever has written it meanwhile. */
  boolean returns() {
    return !retyped() && !losesNotNull() && operation.wanted().traits().equals(ColumnTraits.NONE);
  }

  private boolean traded() {
    return !after(probe.type().accepted().sql()).equals(probe.type().accepted().sql());
  }

  private String after(String text) {
    String said = text;
    for (TypeTrade trade : trades) {
      said = trade.after(said);
    }
    return said;
  }
}
