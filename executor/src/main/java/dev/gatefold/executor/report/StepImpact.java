package dev.gatefold.executor.report;

import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import java.util.List;

/**
 * What a step means for applications.
 *
 * @param blocks what of theirs has to wait for its locks: reads, writes, both or nothing
 * @param lasts how long it holds them
 */
public record StepImpact(List<String> blocks, Lasts lasts) {

  private static final String READS = "reads";
  private static final String WRITES = "writes";

  public StepImpact {
    blocks = List.copyOf(blocks);
  }

  /** How long a lock is held. */
  public enum Lasts {
    MILLISECONDS(
        "milliseconds",
        "metadata only; the lock is asked for 100 ms at a time, again and again until it is granted"),
    MOMENT(
        "a moment",
        "plain DDL, which may read and write whole tables: small ones, for a fraction of a second each; the lock is asked for 100 ms at a time"),
    ONLINE("online", "beside traffic, for as long as the table is big"),
    BATCHES("batches", "row locks alone, those of one batch of about 20 ms at a time"),
    READING("reading", "reads every row beside traffic, for as long as the table is big"),
    UNPROVEN("its own time", "for as long as the statement takes, which nobody has seen");

    private final String word;
    private final String meaning;

    Lasts(String word, String meaning) {
      this.word = word;
      this.meaning = meaning;
    }

    /** For a table and for JSON. */
    public String word() {
      return word;
    }

    /** In a sentence. */
    public String meaning() {
      return meaning;
    }
  }

  public static StepImpact of(Step step) {
    return new StepImpact(blocks(step.lock()), lasts(step));
  }

  /** For people: {@code reads and writes}, or {@code nothing}. */
  public String stops() {
    return blocks.isEmpty() ? "nothing" : String.join(" and ", blocks);
  }

  private static List<String> blocks(LockMode lock) {
    if (!lock.blocksWrites()) {
      return List.of();
    }
    return lock == LockMode.ACCESS_EXCLUSIVE ? List.of(READS, WRITES) : List.of(WRITES);
  }

  private static Lasts lasts(Step step) {
    return step.match(
        new Step.Cases<>() {
          @Override
          public Lasts briefDdl(Step.BriefDdl brief) {
            return brief.kind().startsWith(Step.STRAIGHT) ? Lasts.MOMENT : Lasts.MILLISECONDS;
          }

          @Override
          public Lasts onlineDdl(Step.OnlineDdl online) {
            return online.lock().blocksWrites() ? Lasts.UNPROVEN : Lasts.ONLINE;
          }

          @Override
          public Lasts backfillRows(Step.BackfillRows rows) {
            return Lasts.BATCHES;
          }

          @Override
          public Lasts verifyRows(Step.VerifyRows rows) {
            return Lasts.READING;
          }
        });
  }
}
