package dev.gatefold.executor.faults.nemesis;

import static dev.gatefold.executor.faults.nemesis.Moment.INSTANT;
import static dev.gatefold.executor.faults.nemesis.Moment.POINT;
import static dev.gatefold.executor.faults.nemesis.Moment.REST;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Every kind of fault: when it can strike, and what its victims may say. */
@SuppressWarnings("ImmutableEnumChecker") // Its faults are functions without state.
public enum FaultKind {
  KILL_EXECUTOR(ExecutorFaults::kill, "gone", "", POINT, INSTANT),
  STOP_EXECUTOR(ExecutorFaults::stop, "", "", POINT, INSTANT),
  TAKE_OVER(ExecutorFaults::takeOver, "error (57P|08).*|Stopped.*", "", POINT, INSTANT),
  TWO_EXECUTORS(ExecutorFaults::two, "", "", REST, POINT, INSTANT),
  CRASH_SERVER(ServerFaults::crash, "error (57P|08).*|gone", "57P.*|08.*", POINT, INSTANT),
  CRASH_BACKEND(ServerFaults::crashBackend, "error (57P|08).*", "57P.*|08.*", POINT, INSTANT),
  TERMINATE_EXECUTOR(SessionFaults::terminateExecutor, "error (57P|08).*", "", POINT, INSTANT),
  TERMINATE_CLIENTS(SessionFaults::terminateClients, "", "57P01|08.*", REST, POINT, INSTANT),
  CANCEL_STATEMENT(SessionFaults::cancel, "(Stopped|error 57014).*", "", INSTANT),
  LOSE_COMMIT(WireFaults::loseCommit, "error 08.*", "", REST, POINT),
  LOSE_REPLY(WireFaults::loseReply, "error 08.*", "", REST, POINT),
  CUT_WIRE(WireFaults::cutAnywhere, "error 08.*", "", REST, POINT, INSTANT),
  FREEZE_WIRE(WireFaults::freeze, "", "", POINT, INSTANT),
  HOLD_LOCK(LockFaults::hold, "", "", REST, POINT, INSTANT),
  DEADLOCK(LockFaults::deadlock, "", "40P01", POINT, INSTANT),
  ROLE_TIMEOUTS(LockFaults::timeouts, "", "57014|55P03|25P03", REST),
  DISK_FULL(AdministratorFaults::diskFull, "error 53100.*", "", REST, POINT),
  SYNC_DISABLED(
      AdministratorFaults::disableSync, "(Blocked|Stopped|Differs).*", "23502|23514", REST, POINT),
  SYNC_DROPPED(AdministratorFaults::dropSync, "(Blocked|Stopped|Differs).*", "23502|23514", REST),
  INDEX_ADDED(AdministratorFaults::addIndex, "Blocked.*", "", REST),
  TABLE_REWRITTEN(AdministratorFaults::rewrite, "", "", REST, POINT, INSTANT);

  private final Fault fault;
  private final Pattern executorMaySay;
  private final Pattern clientsMayMeet;
  private final List<Moment> moments;

  FaultKind(Fault fault, String executorMaySay, String clientsMayMeet, Moment... moments) {
    this.fault = fault;
    this.executorMaySay = Pattern.compile(executorMaySay);
    this.clientsMayMeet = Pattern.compile(clientsMayMeet);
    this.moments = List.of(moments);
  }

  public List<Moment> moments() {
    return moments;
  }

  Fault fault() {
    return fault;
  }

  /** Whether a command may end so because of it. */
  public boolean explains(String result) {
    return executorMaySay.matcher(result).matches();
  }

  /** Whether an application may meet the SQLSTATE because of it. */
  public boolean explainsState(String state) {
    return clientsMayMeet.matcher(state).matches();
  }

  /** It leaves the sync in a state in which no gate may open. */
  public boolean breaksSync() {
    return this == SYNC_DISABLED || this == SYNC_DROPPED;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
