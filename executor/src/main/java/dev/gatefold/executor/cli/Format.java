package dev.gatefold.executor.cli;

/** What a command prints. */
enum Format {
  TEXT,
  JSON,
  CSV,
  SQL,
  MARKDOWN
}
