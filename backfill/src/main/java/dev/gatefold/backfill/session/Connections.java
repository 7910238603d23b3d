package dev.gatefold.backfill.session;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens further connections to the same database, with the same settings; whoever asks closes. */
@FunctionalInterface
public interface Connections {
  Connection open() throws SQLException;
}
