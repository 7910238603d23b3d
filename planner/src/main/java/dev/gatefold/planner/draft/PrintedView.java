package dev.gatefold.planner.draft;

import java.util.Optional;

/**
 * A view as the server prints it, with every name qualified.
 *
 * @param before the query of the view in whose place it comes
 * @param options those of that view, such as {@code security_invoker=true}
 */
public record PrintedView(String query, Optional<String> before, Optional<String> options) {}
