package dev.gatefold.executor.demo.traffic;

import java.util.List;

/** What an application stores of an order; its {@link Shape} says under which name. */
enum Column {
  CUSTOMER,
  TOTAL,
  STATUS,
  NOTE;

  static final List<Column> ALL = List.of(values());
}
