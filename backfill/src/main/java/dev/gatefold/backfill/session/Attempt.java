package dev.gatefold.backfill.session;

import java.sql.SQLException;
import java.util.function.Function;

/** What came of a statement that may fail on the data of a row. */
public sealed interface Attempt<T> {

  <R> R match(Function<T, R> answered, Function<SQLException, R> failed);

  record Answered<T>(T value) implements Attempt<T> {
    @Override
    public <R> R match(Function<T, R> answered, Function<SQLException, R> failed) {
      return answered.apply(value);
    }
  }

  record Failed<T>(SQLException error) implements Attempt<T> {
    @Override
    public <R> R match(Function<T, R> answered, Function<SQLException, R> failed) {
      return failed.apply(error);
    }
  }
}
