package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.SqlTemplate;
import dev.gatefold.planner.schema.TableProbe.MappingProbe;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * One direction of the mappings of a table: from the rows of one clone into the columns of another.
 * Mappings are parsed while the clones' columns have the author's names, and finished when all of
 * them have the names of probes.
 *
 * @param prefix begins the names of the views that hold this direction's expressions
 */
record MappingRoute(Session session, Clone source, Clone target, String prefix) {

  private static final String READ_ONLY = "25006";

  /** Lets the server parse a mapping and say whether its value can be stored. */
  Probed<MappingDraft> parse(int attnum, Conversion conversion, Optional<String> text)
      throws SQLException {
    return parse(
        attnum,
        conversion.to(),
        text.orElseGet(() -> defaultText(attnum, conversion)),
        (expression, steady) -> draft(attnum, conversion, expression, steady));
  }

  /**
   * The same of a mapping that makes a column of several.
   *
   * @param number of the column in the target
   * @param own the numbers of the columns in the source that it may read
   */
  Probed<MappingDraft> parse(int number, ColumnType to, String text, List<Integer> own)
      throws SQLException {
    List<Identifier> names = own.stream().map(source::column).toList();
    return parse(
        number,
        to,
        text,
        (expression, steady) -> {
          List<Identifier> reads = expression.reads();
          return new MappingDraft(
              number,
              to,
              expression,
              false,
              false,
              false,
              false,
              steady,
              reads.stream().anyMatch(names::contains),
              reads.stream().filter(c -> !names.contains(c)).map(Identifier::value).toList());
        });
  }

  /** What is said of an expression that the server accepts. */
  private interface Drafting {
    MappingDraft draft(Expression expression, boolean steady) throws SQLException;
  }

  private Probed<MappingDraft> parse(int number, ColumnType to, String text, Drafting drafting)
      throws SQLException {
    Probed<Expression> parsed = Expression.parse(session, source, prefix + number, text);
    if (!(parsed instanceof Probed.Accepted<Expression> expression)) {
      return Rejections.of(Rejections.rejection(parsed).orElseThrow());
    }
    Probed<Boolean> steady = steadiness(number, to, expression.value());
    if (!(steady instanceof Probed.Accepted<Boolean> isSteady)) {
      return Rejections.of(Rejections.rejection(steady).orElseThrow());
    }
    return new Probed.Accepted<>(drafting.draft(expression.value(), isSteady.value()));
  }

  /**
   * Says what the server makes of a parsed mapping.
   *
   * @param exact whether it takes every value back to what the other mapping made it from
   */
  Probed<MappingProbe> finish(MappingDraft draft, boolean exact, boolean strict)
      throws SQLException {
    if (!draft.unconverted() && cutsSilently(draft.attnum())) {
      return Rejections.of(
          Rejections.NOT_SUPPORTED, "the type " + draft.to().base() + " is not supported yet");
    }
    String printed = draft.expression().print();
    SqlTemplate value =
        new SqlTemplate(
            draft.unconverted()
                ? printed
                : strict
                    ? Assignment.strictlyTo(draft.to(), printed)
                    : Assignment.to(draft.to(), printed));
    Probed<Boolean> generated =
        generated(draft.to(), "(" + value.with(n -> SqlTemplate.COLUMN + n) + ")");
    if (Rejections.isRejected(generated) && !Rejections.isNotImmutable(generated)) {
      return Rejections.of(Rejections.rejection(generated).orElseThrow());
    }
    boolean steady = draft.ofLabels() || (draft.steady() && !Rejections.isRejected(generated));
    return new Probed.Accepted<>(probe(draft, value, exact, steady));
  }

  private String defaultText(int attnum, Conversion conversion) {
    String column = source.column(attnum).quoted();
    return conversion.isSame() ? column : cast(column, conversion.to().base());
  }

  private Probed<Boolean> steadiness(int attnum, ColumnType to, Expression expression)
      throws SQLException {
    Probed<Boolean> generated = generated(to, expression.enclosed());
    return Rejections.isNotImmutable(generated) ? assigned(attnum, expression) : generated;
  }

  // A generated column takes only what is immutable and can be assigned to its type.
  private Probed<Boolean> generated(ColumnType to, String expression) throws SQLException {
    return session.tryOut(
        () -> {
          source.alterAsAuthor(
              "ADD COLUMN gatefold_generated "
                  + Clone.ddl(to)
                  + " GENERATED ALWAYS AS "
                  + expression
                  + " STORED");
          return true;
        });
  }

  private Probed<Boolean> assigned(int attnum, Expression expression) throws SQLException {
    String sql = "EXPLAIN INSERT INTO %s (%s) SELECT %s FROM %s";
    return session.tryOut(
        () -> {
          session.executeAsAuthor(
              sql.formatted(
                  target.sql(),
                  target.column(attnum).quoted(),
                  expression.enclosed(),
                  source.sql()));
          return false;
        });
  }

  private MappingDraft draft(
      int attnum, Conversion conversion, Expression expression, boolean steady)
      throws SQLException {
    Identifier own = source.column(attnum);
    String column = own.quoted();
    List<Identifier> reads = expression.reads();
    boolean bare = isPrintedAs(column, expression);
    boolean plain =
        bare
            || isPrintedAs(cast(column, conversion.to().base()), expression)
            || (Assignment.isCast(conversion.to())
                && isPrintedAs(cast(column, conversion.to().sql()), expression));
    return new MappingDraft(
        attnum,
        conversion.to(),
        expression,
        bare && conversion.isSame(),
        plain,
        plain && conversion.widens(),
        plain && conversion.isOfLabels(),
        steady,
        reads.contains(own),
        reads.stream().filter(c -> !c.equals(own)).map(Identifier::value).toList());
  }

  private boolean isPrintedAs(String text, Expression expression) throws SQLException {
    String printed = expression.print();
    Probed<Boolean> same =
        session.tryOut(
            () -> {
              Probed<Expression> other =
                  Expression.parse(session, source, prefix + "compared", text);
              return other instanceof Probed.Accepted<Expression> accepted
                  && accepted.value().print().equals(printed);
            });
    return same.match(answer -> answer, rejected -> false);
  }

  private boolean cutsSilently(int attnum) throws SQLException {
    return new TypeCatalog(session).cutsSilently(target.oid(), target.column(attnum).value());
  }

  private MappingProbe probe(MappingDraft draft, SqlTemplate value, boolean exact, boolean steady)
      throws SQLException {
    return new MappingProbe(
        value,
        draft.plain(),
        draft.widens(),
        exact,
        draft.readsOwn(),
        draft.readsOther(),
        steady,
        isNullForNull(value));
  }

  private boolean isNullForNull(SqlTemplate value) throws SQLException {
    Probed<Boolean> isNull =
        session.tryOut(
            () -> {
              // A volatile mapping may write; this is only a question.
              session.execute("SET LOCAL transaction_read_only TO on");
              return session.isTrue(
                  "SELECT (%s) IS NULL FROM (SELECT (NULL::%s).*) AS %s"
                      .formatted(value.text(), source.sql(), SqlTemplate.ROW));
            });
    return isNull.match(yes -> yes, rejected -> !rejected.sqlState().equals(READ_ONLY));
  }

  private static String cast(String column, String type) {
    return "CAST(" + column + " AS " + type + ")";
  }
}
