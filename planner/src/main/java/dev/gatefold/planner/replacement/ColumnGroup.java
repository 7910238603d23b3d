package dev.gatefold.planner.replacement;

import dev.gatefold.planner.name.Identifier;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Old columns that give way to new ones together: each new one is made of all old ones, and each
 * old one of all new ones.
 *
 * @param giveUpRollback whether, after retire, values that the old ones cannot hold are let through
 */
public record ColumnGroup(List<OldColumn> olds, List<NewColumn> news, boolean giveUpRollback) {

  public ColumnGroup {
    olds = List.copyOf(olds);
    news = List.copyOf(news);
  }

  /** The group of one and one. */
  static ColumnGroup of(ColumnReplacement pair) {
    return new ColumnGroup(
        List.of(new OldColumn(pair.old(), pair.down())),
        List.of(
            new NewColumn(
                String.valueOf(pair.old().attnum()),
                pair.old().attnum(),
                pair.finalName(),
                pair.keepsName(),
                pair.type(),
                pair.notNull(),
                pair.defaultValue(),
                pair.up())),
        pair.giveUpRollback());
  }

  /** The names of all its columns. */
  public Stream<Identifier> names() {
    return Stream.concat(olds.stream().map(OldColumn::name), news.stream().map(NewColumn::name));
  }

  /** The old columns in words. */
  public String oldNames() {
    return words(olds.stream().map(OldColumn::name).toList());
  }

  /** The new columns in words. */
  public String newNames() {
    return words(news.stream().map(NewColumn::name).toList());
  }

  private static String words(List<Identifier> names) {
    return names.stream().map(Identifier::toString).collect(Collectors.joining(", "));
  }
}
