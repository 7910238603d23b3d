package dev.gatefold.planner.change;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Columns give way to others together: {@code split_column}, {@code merge_columns}.
 *
 * @param kind how the file calls it
 * @param volatileAccepted the author accepts mappings whose results depend on more than the row
 */
public record Regroup(
    String kind,
    TableName table,
    List<Old> olds,
    List<New> news,
    boolean volatileAccepted,
    OnDownFailure onDownFailure)
    implements Operation {

  public Regroup {
    olds = List.copyOf(olds);
    news = List.copyOf(news);
  }

  /**
   * A column that goes.
   *
   * @param down SQL over the new columns
   */
  public record Old(Identifier column, String down) {}

  /**
   * A column that comes.
   *
   * @param type as in DDL
   * @param defaultValue empty where the file says nothing of it
   * @param up SQL over the old columns
   */
  public record New(
      Identifier column,
      String type,
      boolean nullable,
      Optional<DefaultChange> defaultValue,
      String up) {}

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.regroup(this);
  }
}
