package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.session.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;

/** Where a pass looks at the rows. */
interface Sight extends AutoCloseable {

  /**
   * The connection on which a pass begins.
   *
   * @param fenced the one on which the fence was checked, in its transaction
   */
  Connection begin(Connection fenced) throws SQLException;

  /** The connection on which the pass goes on. */
  Connection goOn(Connection fenced);

  /** Whether a pass that failed can go on where it was; if not, it begins anew. */
  boolean survivesFailure();

  @Override
  void close() throws SQLException;

  /** Each range as it is when it is looked at, in the transaction that checked the fence. */
  static Sight ofTheMoment() {
    return new Sight() {
      @Override
      public Connection begin(Connection fenced) {
        return fenced;
      }

      @Override
      public Connection goOn(Connection fenced) {
        return fenced;
      }

      @Override
      public boolean survivesFailure() {
        return true;
      }

      @Override
      public void close() {}
    };
  }

  /** All ranges as they were when the pass began; the fence is checked beside it. */
  static Sight inOne(Snapshot snapshot) {
    return new Sight() {
      @Override
      public Connection begin(Connection fenced) throws SQLException {
        return snapshot.fresh();
      }

      @Override
      public Connection goOn(Connection fenced) {
        return snapshot.taken();
      }

      @Override
      public boolean survivesFailure() {
        return false;
      }

      @Override
      public void close() throws SQLException {
        snapshot.close();
      }
    };
  }
}
