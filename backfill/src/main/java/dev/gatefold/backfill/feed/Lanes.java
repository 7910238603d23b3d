package dev.gatefold.backfill.feed;

import java.util.List;

/** To which of several lanes, each of which is followed by itself, a row belongs. */
public final class Lanes {

  private Lanes() {}

  /**
   * The lane of a key, the same for ever: what is under way was put into it by an earlier process.
   *
   * @param key as text
   */
  public static int of(List<String> key, int lanes) {
    // The hash of a list, and that of a text, are those that their documentation says.
    int hash = key.hashCode();
    // Of consecutive numbers only the low bits differ: the finalizer of MurmurHash3, which is in
    // the public domain, lets all bits count.
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return Math.floorMod(hash ^ (hash >>> 16), lanes);
  }
}
