package dev.gatefold.executor.faults.client;

import dev.gatefold.executor.faults.history.Side;
import dev.gatefold.executor.faults.history.Write;
import dev.gatefold.executor.faults.scenario.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements of one version of the application. Each leaves a mark of its transaction in the
 * same transaction, by which an unknown outcome is looked up; it answers with the row's version.
 */
final class Sql {

  /** Where the marks are left. */
  static final String MARKS =
      "CREATE TABLE marks (txn bigint NOT NULL, key bigint NOT NULL, version bigint NOT NULL);"
          + " CREATE INDEX ON marks (txn);";

  /** A statement and its parameters, all of them text. */
  record Bound(String sql, List<Optional<String>> parameters) {}

  private final List<Column> columns;
  private final Version version;

  Sql(List<Column> columns, Version version) {
    this.columns = columns;
    this.version = version;
  }

  private record Target(String name, String type, Optional<String> value) {}

  private List<Target> targets(Write write) {
    List<Target> targets = new ArrayList<>();
    write.cells().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            cell -> {
              Column column = columns.get(cell.getKey());
              for (Side side : sides(cell.getKey())) {
                targets.add(
                    new Target(
                        column.of(side).name(),
                        column.of(side).type(),
                        side == Side.OLD ? cell.getValue().old() : cell.getValue().now()));
              }
            });
    return targets;
  }

  private Collection<Side> sides(int column) {
    // Under one name there is one column to write.
    return columns.get(column).keepsName()
        ? List.of(Side.NEW)
        : version.sides().get(column).stream().sorted().toList();
  }

  Bound put(Write write, long txn, boolean orUpdate) {
    List<Target> targets = targets(write);
    String names = targets.stream().map(t -> ", " + t.name()).collect(Collectors.joining());
    String values =
        targets.stream().map(t -> ", CAST(? AS " + t.type() + ")").collect(Collectors.joining());
    String conflict =
        orUpdate
            ? " ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version"
                + targets.stream()
                    .map(t -> ", %1$s = EXCLUDED.%1$s".formatted(t.name()))
                    .collect(Collectors.joining())
            : "";
    List<Optional<String>> parameters = new ArrayList<>();
    parameters.add(number(write.key()));
    parameters.add(number(write.version()));
    targets.forEach(target -> parameters.add(target.value()));
    return marked(
        "INSERT INTO orders (id, version%s) VALUES (CAST(? AS bigint), CAST(? AS bigint)%s)%s"
            .formatted(names, values, conflict),
        parameters,
        txn);
  }

  /** {@code counted} lets the server give the version: the row is not one client's alone. */
  Bound change(Write write, long txn, boolean counted) {
    List<Target> targets = targets(write);
    List<Optional<String>> parameters = new ArrayList<>();
    if (!counted) {
      parameters.add(number(write.version()));
    }
    targets.forEach(target -> parameters.add(target.value()));
    parameters.add(number(write.key()));
    return marked(
        "UPDATE orders SET version = %s%s WHERE id = CAST(? AS bigint)"
            .formatted(
                counted ? "version + 1" : "CAST(? AS bigint)",
                targets.stream()
                    .map(t -> ", %s = CAST(? AS %s)".formatted(t.name(), t.type()))
                    .collect(Collectors.joining())),
        parameters,
        txn);
  }

  Bound delete(Write write, long txn) {
    return marked(
        "DELETE FROM orders WHERE id = CAST(? AS bigint)", List.of(number(write.key())), txn);
  }

  Bound move(Write write, long txn) {
    return marked(
        "UPDATE orders SET id = CAST(? AS bigint), version = CAST(? AS bigint)"
            + " WHERE id = CAST(? AS bigint)",
        List.of(number(write.key()), number(write.version()), number(write.from())),
        txn);
  }

  private static Bound marked(String dml, List<Optional<String>> parameters, long txn) {
    List<Optional<String>> all = new ArrayList<>(parameters);
    all.add(number(txn));
    return new Bound(
        """
        WITH w AS (%s RETURNING id, version)
        INSERT INTO marks (txn, key, version)
        SELECT CAST(? AS bigint), id, version FROM w RETURNING version"""
            .formatted(dml),
        all);
  }

  /** One row: its version, then each column in each shape that this version knows. */
  Bound read(long key, boolean lock) {
    String values =
        IntStream.range(0, columns.size())
            .boxed()
            .flatMap(i -> sides(i).stream().map(side -> columns.get(i).of(side).name()))
            .collect(Collectors.joining(", "));
    return new Bound(
        "SELECT version, %s FROM orders WHERE id = CAST(? AS bigint)%s"
            .formatted(values, lock ? " FOR UPDATE" : ""),
        List.of(number(key)));
  }

  /** The shapes that {@link #read} answers with, in its order. */
  List<Collection<Side>> shapesRead() {
    return IntStream.range(0, columns.size()).mapToObj(this::sides).toList();
  }

  private static Optional<String> number(long value) {
    return Optional.of(Long.toString(value));
  }
}
