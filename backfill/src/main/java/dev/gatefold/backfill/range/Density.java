package dev.gatefold.backfill.range;

/**
 * How many rows a block holds, as one worker finds it. What the server's statistics say may be long
 * ago: so the first batch is a small one, and each batch teaches. It rises at once and falls
 * slowly, since too long a batch keeps others waiting and too short a one keeps nobody. Not
 * thread-safe.
 */
public final class Density {

  /** From so many on, what they hold on average says something about the others. */
  static final int ENOUGH_BLOCKS = 4;

  /** As long as all were empty: so many full ones are about the largest batch. */
  static final int EMPTY_BLOCKS = 64;

  private static final double FALL = 0.9;

  private double rowsPerBlock;
  private boolean tried;
  private boolean found;
  private long blocks;
  private long rows;

  /** {@code told} is what the statistics say; 0 where they say nothing. */
  public Density(double told) {
    this.rowsPerBlock = told;
  }

  /** 0 where nobody knows. */
  public double rowsPerBlock() {
    return rowsPerBlock;
  }

  /** Whether it was found by counting. */
  public boolean isFound() {
    return found;
  }

  /** How many blocks a batch has at most, until it is found. */
  public long mostBlocks() {
    if (found) {
      return Integer.MAX_VALUE;
    }
    return tried ? EMPTY_BLOCKS : ENOUGH_BLOCKS;
  }

  /** Learns from rows that were passed; those of several batches count together. */
  public void passed(long moreBlocks, long moreRows) {
    blocks += moreBlocks;
    rows += moreRows;
    if (blocks < ENOUGH_BLOCKS) {
      return;
    }
    tried = true;
    // Most of them were empty otherwise, and say nothing about the others.
    if (rows >= blocks) {
      rowsPerBlock = Math.max((double) rows / blocks, rowsPerBlock * FALL);
      found = true;
    }
    blocks = 0;
    rows = 0;
  }
}
