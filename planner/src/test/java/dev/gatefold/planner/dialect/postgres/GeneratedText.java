package dev.gatefold.planner.dialect.postgres;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes of the text of a sync's functions and triggers, each of which takes something out. */
final class GeneratedText {

  static final String NEW_IS_NULL = "IF NEW.\"new\" IS NULL THEN";
  static final String OLD_CHANGED = "NEW.\"old\" IS DISTINCT FROM OLD.\"old\"";
  static final String NEW_CHANGED = "NEW.\"new\" IS DISTINCT FROM OLD.\"new\"";
  static final String IF_OLD_CHANGED = "ELSIF " + OLD_CHANGED + " THEN";
  static final String IF_NEW_CHANGED = "IF " + NEW_CHANGED + " THEN";
  static final String OLD_NOT_SET = "ELSIF NEW.\"old\" IS NULL OR";
  static final String NEW_GETS_NULL = "NEW.\"new\" := NULL;";
  static final String OLD_GETS_NULL = "NEW.\"old\" := NULL;";

  private static final Pattern NEW_GETS_UP = Pattern.compile("NEW\\.\"new\" := (?!NULL)[^\n]*;");
  private static final Pattern REFUSAL =
      Pattern.compile("RAISE EXCEPTION USING.*?COLUMN = 'new';", Pattern.DOTALL);
  private static final Pattern NEW_IS_UP =
      Pattern.compile("agreed := agreed OR \\(NEW\\.\"new\" [^\n]*;");
  private static final Pattern OLD_IS_DOWN =
      Pattern.compile("agreed := agreed OR \\(NEW\\.\"old\" [^\n]*;");
  private static final Pattern DISREGARD =
      Pattern.compile("EXCEPTION WHEN OTHERS THEN\\s+NULL;", Pattern.DOTALL);

  private GeneratedText() {}

  static UnaryOperator<String> with(String part, String instead) {
    return text -> text.replace(part, instead);
  }

  static UnaryOperator<String> first(String part, String instead) {
    return first(Pattern.compile(Pattern.quote(part)), instead);
  }

  private static UnaryOperator<String> first(Pattern part, String instead) {
    return text -> part.matcher(text).replaceFirst(Matcher.quoteReplacement(instead));
  }

  /** The first assignment of the image becomes nothing. */
  static UnaryOperator<String> noUp() {
    return first(NEW_GETS_UP, "NULL;");
  }

  /** The first refusal becomes something else. */
  static UnaryOperator<String> noRefusal(String instead) {
    return first(REFUSAL, instead);
  }

  static UnaryOperator<String> neverAgreed() {
    return with("agreed := agreed OR", "agreed := false AND");
  }

  static UnaryOperator<String> neverNewIsUp() {
    return first(NEW_IS_UP, "agreed := false;");
  }

  static UnaryOperator<String> neverOldIsDown() {
    return first(OLD_IS_DOWN, "agreed := false;");
  }

  /** An error of a mapping that is only asked for agreement is let through. */
  static UnaryOperator<String> errorsCount() {
    return first(DISREGARD, "EXCEPTION WHEN OTHERS THEN RAISE;");
  }

  /** The same change, but only behind the first occurrence of a text, such as a branch's head. */
  static UnaryOperator<String> behind(String anchor, UnaryOperator<String> change) {
    return text -> {
      int at = text.indexOf(anchor);
      int end = at + anchor.length();
      return at < 0 ? text : text.substring(0, end) + change.apply(text.substring(end));
    };
  }

  /** The same change, but only in the condition under which the update trigger fires. */
  static UnaryOperator<String> inWhen(UnaryOperator<String> change) {
    return behind("FOR EACH ROW WHEN", change);
  }

  /** The update trigger fires for each row. */
  static UnaryOperator<String> always() {
    return inWhen(with(OLD_CHANGED, "true"));
  }

  static UnaryOperator<String> and(UnaryOperator<String> one, UnaryOperator<String> other) {
    return text -> other.apply(one.apply(text));
  }
}
