package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a constraint asks for. */
public sealed interface ConstraintBody {

  /** Every piece of SQL in it that its author wrote. */
  default List<String> texts() {
    return List.of();
  }

  /** Answers with the case that fits. */
  <R> R match(Cases<R> cases);

  /** One answer for each kind. */
  interface Cases<R> {
    R check(Check body);

    R unique(Unique body);

    R foreignKey(ForeignKey body);

    R exclusion(Exclusion body);
  }

  /** A condition on each row, as SQL. */
  record Check(String condition) implements ConstraintBody {
    @Override
    public List<String> texts() {
      return List.of(condition);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.check(this);
    }
  }

  /**
   * No two rows alike.
   *
   * @param primary whether it is the primary key
   * @param nullsNotDistinct whether two NULLs are alike too; PostgreSQL 15 on
   */
  record Unique(
      List<Identifier> columns,
      boolean primary,
      List<Identifier> include,
      boolean nullsNotDistinct,
      Deferral deferral)
      implements ConstraintBody {

    public Unique {
      columns = List.copyOf(columns);
      include = List.copyOf(include);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unique(this);
    }
  }

  /**
   * Each row refers to one of another table.
   *
   * @param referencedColumns empty for the other table's primary key
   * @param onDelete what SQL says of it, such as {@code CASCADE}; empty for no action
   */
  record ForeignKey(
      List<Identifier> columns,
      TableName referenced,
      List<Identifier> referencedColumns,
      Optional<String> onDelete,
      Optional<String> onUpdate,
      boolean matchFull,
      Deferral deferral)
      implements ConstraintBody {

    public ForeignKey {
      columns = List.copyOf(columns);
      referencedColumns = List.copyOf(referencedColumns);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.foreignKey(this);
    }
  }

  /**
   * No two rows in conflict.
   *
   * @param elements what stands between the parentheses, such as {@code room WITH =}
   */
  record Exclusion(
      Optional<String> method, List<String> elements, Optional<String> where, Deferral deferral)
      implements ConstraintBody {

    public Exclusion {
      elements = List.copyOf(elements);
    }

    @Override
    public List<String> texts() {
      return Stream.of(method.stream(), elements.stream(), where.stream())
          .flatMap(texts -> texts)
          .toList();
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.exclusion(this);
    }
  }

  /** When a constraint is checked. */
  enum Deferral {
    NOT_DEFERRABLE(""),
    DEFERRABLE("DEFERRABLE"),
    INITIALLY_DEFERRED("DEFERRABLE INITIALLY DEFERRED");

    private final String sql;

    Deferral(String sql) {
      this.sql = sql;
    }

    /** The words of DDL; empty for the default. */
    public String sql() {
      return sql;
    }
  }
}
