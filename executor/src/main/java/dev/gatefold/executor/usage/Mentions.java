package dev.gatefold.executor.usage;

import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.token.Token;
import dev.gatefold.planner.token.Tokenizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Whether a text uses a column: it speaks of its table together with its name, or takes all columns
 * there are, or speaks of a view that reads the column. Nothing is resolved; in doubt it counts.
 */
final class Mentions {

  /** Statements that look after tables: what is left of the column there, the catalog shows. */
  private static final Set<String> ADMINISTRATION =
      Set.of(
          "alter",
          "analyze",
          "cluster",
          "comment",
          "drop",
          "grant",
          "lock",
          "reindex",
          "reset",
          "revoke",
          "security",
          "set",
          "show",
          "truncate",
          "vacuum");

  private static final Set<String> BEFORE_TABLES =
      Set.of("from", "join", "into", "update", "using", "table", "only", "copy", "merge");

  private static final Set<String> ENDS_TABLES =
      Set.of(
          "select",
          "where",
          "set",
          "values",
          "returning",
          "group",
          "order",
          "having",
          "limit",
          "offset",
          "window",
          "union",
          "except",
          "intersect",
          "when",
          "then",
          "do",
          "fetch",
          "for",
          "with",
          "as",
          "and",
          "or",
          "not",
          "case",
          "cross",
          "inner",
          "left",
          "right",
          "full",
          "natural",
          "default",
          "overriding",
          "tablesample",
          "to",
          "end",
          "loop",
          "is",
          "in",
          "on");

  private static final Set<String> OPERANDS_END =
      Set.of("select", "distinct", "all", "returning", "as", "table", "copy");

  private final Search search;
  private final List<Token> tokens;
  private final boolean code;
  private final Set<String> aliases = new HashSet<>();
  private final List<Integer> places = new ArrayList<>();

  private Mentions(Search search, List<Token> tokens, boolean code) {
    this.search = search;
    this.tokens = tokens;
    this.code = code;
  }

  /** Whether a statement as a client sent it, or as the server counts it, is use. */
  static boolean inStatement(String sql, Search search) {
    if (sql.toLowerCase(Locale.ROOT).contains("u&\"")) {
      // A name that is written in escapes can be any.
      return true;
    }
    List<Token> tokens = Tokenizer.statement(sql);
    if (tokens.isEmpty() || isAdministration(tokens)) {
      return false;
    }
    // Code in strings is run as the statement is.
    boolean block = tokens.get(0).isWord("do") || tokens.get(0).isWord("create");
    return new Mentions(search, block ? Tokenizer.code(sql) : tokens, block).use();
  }

  /** Whether code, such as the body of a function, contains use. */
  static boolean inCode(String code, Search search) {
    return new Mentions(search, Tokenizer.code(code), true).use();
  }

  /** Whether the code of a trigger reads the column of its row, which no table's name stands by. */
  static boolean inTrigger(String code, Search search) {
    Mentions mentions = new Mentions(search, Tokenizer.code(code), true);
    return mentions.namesColumn()
        || IntStream.range(0, mentions.tokens.size()).anyMatch(mentions::takesRow);
  }

  private static boolean isAdministration(List<Token> tokens) {
    Token first = tokens.get(0);
    return (first.kind() == Token.Kind.WORD && ADMINISTRATION.contains(first.text()))
        || (first.isWord("create")
            && tokens.size() > 1
            && (tokens.get(1).isWord("index") || tokens.get(1).isWord("unique")));
  }

  private boolean use() {
    for (int i = 0; i < tokens.size(); i++) {
      if (isRelation(i, search.views())) {
        return true;
      }
      if (isRelation(i, search.tables())) {
        places.add(i);
        aliases.add(tokens.get(i).text());
      }
    }
    return !places.isEmpty() && (namesColumn() || takesAll());
  }

  /** The row of a trigger as a whole, not just handed back. */
  private boolean takesRow(int i) {
    boolean row = tokens.get(i).isWord("new") || tokens.get(i).isWord("old");
    boolean one = token(i + 1).isSymbol('.') && !token(i + 2).isSymbol('*');
    return row && !one && !token(i - 1).isWord("return");
  }

  private boolean namesColumn() {
    return tokens.stream()
        .anyMatch(token -> token.isName() && search.columns().contains(token.text()));
  }

  /** The name of a relation, unless another schema's stands before it. */
  private boolean isRelation(int i, Set<TableName> relations) {
    Token token = tokens.get(i);
    return token.isName()
        && (code || isPlaceOfTable(i))
        && relations.stream()
            .filter(relation -> relation.name().value().equals(token.text()))
            .anyMatch(
                relation -> !isQualified(i) || schema(i).text().equals(relation.schema().value()));
  }

  /** Code may declare a row of it anywhere; a statement names it after few words. */
  private boolean isPlaceOfTable(int i) {
    Token before = token(isQualified(i) ? i - 3 : i - 1);
    return before.isSymbol(',')
        || before.isSymbol('(')
        || before.isWord("view")
        || (before.kind() == Token.Kind.WORD && BEFORE_TABLES.contains(before.text()));
  }

  private boolean isQualified(int i) {
    return token(i - 1).isSymbol('.');
  }

  private Token schema(int i) {
    return token(i - 2);
  }

  private boolean takesAll() {
    places.forEach(this::noteAlias);
    return places.stream().anyMatch(this::withoutColumnList)
        || IntStream.range(0, tokens.size()).anyMatch(i -> isStar(i) || isAll(i) || isWholeRow(i));
  }

  /** NATURAL JOIN, and the INSERT of a MERGE that lists no columns. */
  private boolean isAll(int i) {
    return tokens.get(i).isWord("natural")
        || (tokens.get(i).isWord("insert") && token(i + 1).isWord("values"));
  }

  /** The name that a relation has in the statement. */
  private void noteAlias(int i) {
    int next = token(i + 1).isSymbol('*') ? i + 2 : i + 1;
    Token alias = token(next).isWord("as") ? token(next + 1) : token(next);
    boolean keyword =
        alias.kind() == Token.Kind.WORD
            && (ENDS_TABLES.contains(alias.text()) || BEFORE_TABLES.contains(alias.text()));
    if (isBehindFrom(i) && alias.isName() && !keyword) {
      aliases.add(alias.text());
    }
  }

  /** INSERT and COPY without a list of columns, and TABLE. */
  private boolean withoutColumnList(int i) {
    int first = isQualified(i) ? i - 2 : i;
    Token before = token(first - 1).isWord("only") ? token(first - 2) : token(first - 1);
    if (before.isWord("table")) {
      return !isAdministered(first - 1);
    }
    if (before.isWord("copy")) {
      return !token(i + 1).isSymbol('(');
    }
    if (!before.isWord("into") || !isInsert(first - 1)) {
      return false;
    }
    int next = token(i + 1).isWord("as") ? i + 3 : i + 1;
    boolean list =
        token(next).isSymbol('(')
            && !token(next + 1).isWord("select")
            && !token(next + 1).isWord("with")
            && !token(next + 1).isWord("values");
    return !list && !token(next).isWord("default");
  }

  private boolean isAdministered(int table) {
    return ADMINISTRATION.contains(token(table - 1).text()) || token(table - 1).isWord("create");
  }

  private boolean isInsert(int into) {
    return token(into - 1).isWord("insert");
  }

  /** A star that stands for columns: neither a factor nor the star of {@code count(*)}. */
  private boolean isStar(int i) {
    if (!tokens.get(i).isSymbol('*')) {
      return false;
    }
    Token before = token(i - 1);
    Token after = token(i + 1);
    boolean counted = before.isSymbol('(') && after.isSymbol(')');
    boolean operandBefore =
        before.kind() == Token.Kind.VALUE
            || before.isSymbol(')')
            || before.isSymbol(']')
            || (before.isName() && !OPERANDS_END.contains(before.text()));
    boolean operandAfter =
        after.kind() == Token.Kind.VALUE
            || after.isSymbol('(')
            || after.isSymbol('-')
            || after.isSymbol('+')
            || (after.isName() && !after.isWord("from") && !after.isWord("into"));
    boolean ofTable = places.contains(i - 1);
    return !counted && !(operandBefore && operandAfter) && !ofTable;
  }

  /** The relation or its alias where a value is expected: all its columns at once. */
  private boolean isWholeRow(int i) {
    Token token = tokens.get(i);
    return token.isName()
        && aliases.contains(token.text())
        && !token(i + 1).isSymbol('.')
        && !isBehindFrom(i)
        && !isAliasItself(i);
  }

  private boolean isAliasItself(int i) {
    Token before = token(i - 1);
    return places.contains(i - 1)
        || (before.isSymbol('*') && places.contains(i - 2))
        || (before.isWord("as") && (places.contains(i - 2) || places.contains(i - 3)));
  }

  /** Whether the token stands where tables are named: after FROM and its like. */
  private boolean isBehindFrom(int i) {
    int depth = 0;
    for (int j = i - 1; j >= 0; j--) {
      Token token = tokens.get(j);
      if (token.isSymbol(')')) {
        depth++;
      } else if (token.isSymbol('(')) {
        if (depth == 0) {
          // FROM (a JOIN b): the parenthesis belongs to the list of tables.
          if (!token(j - 1).isSymbol('(') && !BEFORE_TABLES.contains(token(j - 1).text())) {
            return false;
          }
        } else {
          depth--;
        }
      } else if (depth == 0 && token.kind() == Token.Kind.WORD) {
        if (BEFORE_TABLES.contains(token.text())) {
          return true;
        }
        if (ENDS_TABLES.contains(token.text()) && !token.text().equals("as")) {
          return false;
        }
      }
    }
    return false;
  }

  private Token token(int i) {
    return i < 0 || i >= tokens.size() ? Token.NONE : tokens.get(i);
  }
}
