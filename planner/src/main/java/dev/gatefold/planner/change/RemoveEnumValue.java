package dev.gatefold.planner.change;

import dev.gatefold.planner.change.Operation.AlterColumn;
import dev.gatefold.planner.change.Operation.ColumnChange;
import dev.gatefold.planner.change.Operation.DefaultChange;
import dev.gatefold.planner.change.Operation.Mapping;
import dev.gatefold.planner.change.Operation.OnDownFailure;
import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.EnumType;
import dev.gatefold.planner.draft.EnumType.Use;
import dev.gatefold.planner.draft.EnumType.UsingColumn;
import dev.gatefold.planner.draft.KnownEnum;
import dev.gatefold.planner.draft.SmallerEnum;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Drafts;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a value away from an enum, by way of a new type. Every column of the enum, in all tables,
 * gives way to one of the new type.
 *
 * @param replaceBy the value of the rows that hold the one that goes
 */
public record RemoveEnumValue(TableName type, String value, String replaceBy)
    implements DirectOperation {

  private static final Pattern PLAIN = Pattern.compile("'((?:[^']|'')*)'::[^']*");

  @Override
  public List<TableName> tables() {
    return List.of();
  }

  @Override
  public List<Draft<?>> drafts() {
    return List.of(new KnownEnum(type), new SmallerEnum(type, names().building(), value));
  }

  @Override
  public Optional<TypeTrade> trade() {
    return Optional.of(names());
  }

  private TypeTrade names() {
    return TypeTrade.of(type);
  }

  @Override
  public List<AlterColumn> replaced(Drafts answers) {
    return answers
        .of(new KnownEnum(type))
        .match(EnumType::uses, rejected -> List.<Use>of())
        .stream()
        .flatMap(use -> use.column().stream())
        .map(this::replaced)
        .toList();
  }

  private AlterColumn replaced(UsingColumn column) {
    return new AlterColumn(
        column.table(),
        column.column(),
        new ColumnChange(
            Optional.empty(),
            Optional.of(names().building().quoted() + suffix(column)),
            Optional.empty(),
            carried(column).map(DefaultChange.Set::new),
            ColumnTraits.NONE),
        new Mapping(
            Optional.of(up(column)),
            Optional.of(
                "%s::text%s::%s%s"
                    .formatted(
                        column.column().quoted(), suffix(column), type.quoted(), suffix(column))),
            true,
            true,
            OnDownFailure.REFUSE));
  }

  private String up(UsingColumn column) {
    String format =
        column.array()
            ? "pg_catalog.array_replace(%1$s::text[], %2$s, %3$s)::%4$s[]"
            : "(CASE %1$s::text WHEN %2$s THEN %3$s ELSE %1$s::text END)::%4$s";
    return format.formatted(
        column.column().quoted(),
        Literal.of(value),
        Literal.of(replaceBy),
        names().building().quoted());
  }

  private static String suffix(UsingColumn column) {
    return column.array() ? "[]" : "";
  }

  /** The default of a column for the new type; empty where it is none that can be carried. */
  public Optional<String> carried(UsingColumn column) {
    return column
        .defaultValue()
        .map(PLAIN::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1).replace("''", "'"))
        .filter(label -> !column.array() || !label.contains(value))
        .map(label -> label.equals(value) && !column.array() ? replaceBy : label)
        .map(label -> Literal.of(label) + "::" + names().building().quoted() + suffix(column));
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.removeEnumValue(this);
  }
}
