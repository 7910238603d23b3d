package dev.gatefold.executor.demo;

import dev.gatefold.executor.demo.traffic.Shape;

/** A version of the shop's application. */
record Version(String name, Shape shape) {

  static final Version V1 = new Version("v1", Shape.ORIGINAL);
  static final Version V2 = new Version("v2", V1.shape().withCustomer("buyer"));
  static final Version V3 = new Version("v3", V2.shape().withNumericTotal("total_amount"));
  static final Version V4 = new Version("v4", V3.shape().withStatus("state"));
}
