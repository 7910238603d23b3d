package dev.gatefold.executor.server;

import dev.gatefold.executor.report.Json;

/** Why a request has no answer. */
record ErrorShape(String error, String message, String cure) {

  String json() {
    return Json.write(this);
  }
}
