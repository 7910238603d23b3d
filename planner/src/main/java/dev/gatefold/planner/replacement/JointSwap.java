package dev.gatefold.planner.replacement;

import dev.gatefold.planner.change.TypeTrade;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The swaps of all tables of a change in one transaction, together with types that trade names: an
 * application that casts to the type by its name finds the columns to be of it before and after.
 *
 * <p>Functions know types by their names. So the syncs are made after the trade, and on the way
 * back before all else.
 */
public final class JointSwap {

  private final List<RetireSteps> tables;
  private final Map<TypeTrade, Long> trades;
  private final Dialect dialect;

  /**
   * A joint swap.
   *
   * @param trades with the OIDs of the old types
   */
  public JointSwap(List<TableReplacement> tables, Map<TypeTrade, Long> trades, Dialect dialect) {
    this.tables = tables.stream().map(RetireSteps::new).toList();
    // In the order of the file: the plan is the same each time.
    this.trades = Collections.unmodifiableMap(new LinkedHashMap<>(trades));
    this.dialect = dialect;
  }

  public List<Step> steps() {
    List<Step> steps = new ArrayList<>(tables.stream().map(RetireSteps::verify).toList());
    List<String> sql = new ArrayList<>(all(RetireSteps::columns));
    trades.keySet().forEach(trade -> sql.addAll(trade(trade)));
    sql.addAll(all(RetireSteps::syncs));
    List<Step> undo = new ArrayList<>(all(RetireSteps::beforeSwapBack));
    undo.add(swapBack());
    undo.addAll(all(RetireSteps::afterSwapBack));
    steps.add(
        Step.BriefDdl.ofSeveral(
            id(),
            "swap columns and types",
            sql,
            LockMode.ACCESS_EXCLUSIVE,
            locked(),
            checks(RetireSteps::preconditions, TypeTrade::type),
            tables.stream().map(RetireSteps::after).toList(),
            new Undo.Steps(undo)));
    return steps;
  }

  private Step swapBack() {
    List<String> sql = new ArrayList<>();
    trades.keySet().forEach(trade -> sql.addAll(tradeBack(trade)));
    sql.addAll(all(RetireSteps::columnsBack));
    return Step.BriefDdl.ofSeveral(
        id() + ".undo",
        "swap columns and types back",
        sql,
        LockMode.ACCESS_EXCLUSIVE,
        locked(),
        checks(RetireSteps::preconditionsBack, TypeTrade::aside),
        tables.stream().map(RetireSteps::before).toList(),
        new Undo.Nothing());
  }

  /** The old types go when no column is of them any more. */
  public List<Step> drops() {
    return trades.keySet().stream()
        .map(
            trade ->
                (Step)
                    new Step.BriefDdl(
                        "drop.enum." + trade.type(),
                        "drop old enum",
                        List.of(dialect.enums().drop(trade.aside())),
                        LockMode.ACCESS_SHARE,
                        List.of(),
                        List.of(is(trade, trade.aside())),
                        Optional.empty(),
                        new Undo.PointOfNoReturn("the old enum is gone")))
        .toList();
  }

  private List<String> trade(TypeTrade trade) {
    return List.of(
        dialect.enums().rename(trade.type(), trade.aside().name()),
        dialect.enums().rename(trade.building(), trade.type().name()));
  }

  private List<String> tradeBack(TypeTrade trade) {
    return List.of(
        dialect.enums().rename(trade.type(), trade.building().name()),
        dialect.enums().rename(trade.aside(), trade.type().name()));
  }

  private Check is(TypeTrade trade, TableName name) {
    return dialect.enums().typeIs(name, trades.getOrDefault(trade, 0L));
  }

  private List<Check> checks(
      Function<RetireSteps, List<Check>> table, Function<TypeTrade, TableName> old) {
    List<Check> checks = new ArrayList<>(all(table));
    trades.keySet().forEach(trade -> checks.add(is(trade, old.apply(trade))));
    return checks;
  }

  private List<TableName> locked() {
    return all(RetireSteps::tables).stream().distinct().toList();
  }

  private <T> List<T> all(Function<RetireSteps, List<T>> part) {
    return tables.stream().map(part).flatMap(List::stream).toList();
  }

  private String id() {
    return "retire.swap."
        + trades.keySet().stream()
            .map(trade -> trade.type().toString())
            .sorted()
            .collect(Collectors.joining("."));
  }
}
