package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.AlterForeignKey;
import dev.gatefold.planner.draft.ConstraintBody.Deferral;
import dev.gatefold.planner.name.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A foreign key as the server prints it, taken apart. Its form is the server's own and always the
 * same, so this is no parser of SQL: only names in quotes have to be stepped over.
 *
 * @param head up to the columns that it refers to, and how it matches
 * @param onUpdate with its words, such as {@code ON UPDATE CASCADE}; empty for no action
 */
public record ForeignKeyText(String head, String onUpdate, String onDelete, String deferral) {

  private static final String NAMES = "(?:[^\"()]|\"(?:[^\"]|\"\")*\")*";

  private static final String ACTION =
      "(?:RESTRICT|CASCADE|SET NULL|SET DEFAULT)(?: \\(" + NAMES + "\\))?";

  private static final Pattern FORM =
      Pattern.compile(
          ("(FOREIGN KEY \\(%1$s\\) REFERENCES %1$s\\(%1$s\\)(?: MATCH FULL)?)"
                  + "( ON UPDATE %2$s)?( ON DELETE %2$s)?( DEFERRABLE(?: INITIALLY DEFERRED)?)?"
                  + "(?: NOT VALID)?")
              .formatted(NAMES, ACTION));

  private static final Pattern WORD = Pattern.compile("\"(?:[^\"]|\"\")*\"|[()]|[^\\s,()\"]+");

  /** Empty where the server prints more than is known here. */
  public static Optional<ForeignKeyText> of(String definition) {
    Matcher form = FORM.matcher(definition);
    return form.matches()
        ? Optional.of(
            new ForeignKeyText(form.group(1), group(form, 2), group(form, 3), group(form, 4)))
        : Optional.empty();
  }

  private static String group(Matcher form, int number) {
    return Optional.ofNullable(form.group(number)).orElse("");
  }

  /** The columns that refer and, after them, those that they refer to. */
  List<List<Identifier>> columns() {
    List<List<Identifier>> lists = new ArrayList<>();
    Matcher word = WORD.matcher(head);
    boolean inside = false;
    while (word.find()) {
      if (word.group().equals("(")) {
        lists.add(new ArrayList<>());
      } else if (inside && !word.group().equals(")")) {
        lists.get(lists.size() - 1).add(Identifier.parse(word.group()));
      }
      inside = word.group().equals("(") || (inside && !word.group().equals(")"));
    }
    return lists;
  }

  /** The same with what an operation changes. */
  public ForeignKeyText with(AlterForeignKey operation) {
    return new ForeignKeyText(
        head,
        operation.onUpdate().map(action -> action(" ON UPDATE ", action)).orElse(onUpdate),
        operation.onDelete().map(action -> action(" ON DELETE ", action)).orElse(onDelete),
        operation.deferral().map(ForeignKeyText::words).orElse(deferral));
  }

  private static String action(String words, String action) {
    return action.equals("NO ACTION") ? "" : words + action;
  }

  private static String words(Deferral deferral) {
    return deferral.sql().isEmpty() ? "" : " " + deferral.sql();
  }

  /** As the server prints it. */
  public String definition() {
    return head + onUpdate + onDelete + deferral;
  }
}
