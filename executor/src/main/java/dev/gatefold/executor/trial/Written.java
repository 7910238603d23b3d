package dev.gatefold.executor.trial;

/**
 * How many rows applications wrote.
 *
 * @param byOld by those that know the old shape only
 * @param byNew by those that know the new one only
 */
public record Written(long byOld, long byNew) {

  /** None. */
  public static final Written NOTHING = new Written(0, 0);

  public long total() {
    return byOld + byNew;
  }
}
