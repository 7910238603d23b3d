package dev.gatefold.executor.cli;

import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.trial.Report;

/** The exit codes of the outside contract. */
final class ExitCode implements Outcome.Cases<Integer> {

  static final int DONE = 0;
  static final int BUG = 1;
  static final int USAGE = 2;
  static final int REFUSED = 3;
  static final int WAITS = 4;
  static final int STOPPED = 5;
  static final int DIFFERS = 6;
  static final int BLOCKED = 7;
  static final int UNREACHABLE = 8;

  private ExitCode() {}

  static int of(Outcome outcome) {
    return outcome.match(new ExitCode());
  }

  @Override
  public Integer done(Outcome.Done outcome) {
    return DONE;
  }

  @Override
  public Integer outOfOrder(Outcome.OutOfOrder outcome) {
    return USAGE;
  }

  @Override
  public Integer refused(Outcome.Refused outcome) {
    return REFUSED;
  }

  @Override
  public Integer waits(Outcome.Waits outcome) {
    return WAITS;
  }

  @Override
  public Integer stopped(Outcome.Stopped outcome) {
    return STOPPED;
  }

  @Override
  public Integer differs(Outcome.Differs outcome) {
    return DIFFERS;
  }

  @Override
  public Integer blocked(Outcome.Blocked outcome) {
    return closed(outcome.closedBy());
  }

  @Override
  public Integer denied(Outcome.Denied outcome) {
    return BLOCKED;
  }

  @Override
  public Integer measured(Outcome.Measured outcome) {
    Verdict verdict = outcome.evidence().verdict();
    return verdict == Verdict.CLEAR ? DONE : closed(verdict);
  }

  /** Of a trial: what the worst of its findings is about decides. */
  static int of(Report report) {
    return report
        .worst()
        .map(
            kind ->
                switch (kind) {
                  case ROWS -> DIFFERS;
                  case STOPPED -> STOPPED;
                  case CLIENTS, CATALOG, LOCKS -> BLOCKED;
                })
        .orElse(DONE);
  }

  private static int closed(Verdict verdict) {
    return verdict == Verdict.WAITING ? WAITS : BLOCKED;
  }
}
