package dev.gatefold.executor.demo.traffic;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The columns that a version of the application knows. It names each that it uses, as the hazards
 * of a plan advise, and so may leave the driver's prepared statements at their default.
 */
public record Shape(String customer, String total, boolean totalIsNumeric, String status) {

  /** The table before any change. */
  public static final Shape ORIGINAL = new Shape("customer", "total", false, "status");

  public Shape withCustomer(String name) {
    return new Shape(name, total, totalIsNumeric, status);
  }

  public Shape withNumericTotal(String name) {
    return new Shape(customer, name, true, status);
  }

  public Shape withStatus(String name) {
    return new Shape(customer, total, totalIsNumeric, name);
  }

  String name(Column column) {
    return switch (column) {
      case CUSTOMER -> customer;
      case TOTAL -> total;
      case STATUS -> status;
      case NOTE -> "note";
    };
  }

  private String names() {
    return Column.ALL.stream().map(this::name).collect(Collectors.joining(", "));
  }

  String select() {
    return "SELECT " + names() + " FROM orders WHERE id = ?";
  }

  String insert() {
    return "INSERT INTO orders (" + names() + ") VALUES (?, ?, ?, ?) RETURNING id";
  }

  String upsert() {
    String excluded =
        Column.ALL.stream()
            .map(column -> name(column) + " = EXCLUDED." + name(column))
            .collect(Collectors.joining(", "));
    return "INSERT INTO orders ("
        + names()
        + ", id) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        + excluded;
  }

  String update(List<Column> columns) {
    return columns.stream()
        .map(column -> name(column) + " = ?")
        .collect(Collectors.joining(", ", "UPDATE orders SET ", " WHERE id = ?"));
  }
}
