package dev.gatefold.executor.cli.text;

import dev.gatefold.executor.store.Request;

/** Where a promotion stands that somebody asked for. */
public final class RequestText {

  private RequestText() {}

  /** A line about it. */
  public static String line(Request request) {
    return request
        .end()
        .map(end -> head(request) + " has ended: " + end.message())
        .orElseGet(() -> head(request) + rest(request));
  }

  /** The end of a sentence about a change that waits for it. */
  public static String open(Request request) {
    return "; " + head(request) + rest(request);
  }

  private static String head(Request request) {
    return "the promotion of %s, asked for by %s at %s,"
        .formatted(request.stage().word(), request.actor(), Wording.time(request.at()));
  }

  private static String rest(Request request) {
    return request
        .takenBy()
        .map(worker -> " was taken by " + worker)
        .orElse(" waits for a worker (gatefold work)");
  }
}
