package dev.gatefold.planner.replacement;

import dev.gatefold.planner.plan.Step;
import java.util.List;

/** NOT NULL, checks and foreign keys of both shapes, in the swap and on its way back. */
interface Limits {

  /** Before any column has another name. */
  List<String> constraints();

  /** The same of one column, before its default goes over. */
  List<String> column(ColumnReplacement column);

  /** Once all columns have their names. */
  List<String> named();

  /** What comes after the swap, beside traffic. */
  List<Step> afterSwap();

  /** What the way back needs, built beside traffic. */
  List<Step> beforeSwapBack();

  /** Of one column, once all have their old names. */
  List<String> columnBack(ColumnReplacement column);

  /** The same of all, after that. */
  List<String> constraintsBack();

  /** What comes after the swap back, beside traffic. */
  List<Step> afterSwapBack();
}
