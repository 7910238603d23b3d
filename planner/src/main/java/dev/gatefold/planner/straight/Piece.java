package dev.gatefold.planner.straight;

import dev.gatefold.planner.straight.Straight.Back;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A part of the straight way.
 *
 * @param back what takes it back; empty where nothing does without loss
 */
record Piece(List<String> there, Optional<Back> back) {

  Piece {
    there = List.copyOf(there);
  }

  static Piece of(List<String> there, List<String> back) {
    return new Piece(there, Optional.of(new Back(back, false)));
  }

  /** One whose way back builds or checks anew what needs a look at the rows. */
  static Piece reading(List<String> there, List<String> back) {
    return new Piece(there, Optional.of(new Back(back, true)));
  }

  static Piece forGood(List<String> there) {
    return new Piece(there, Optional.empty());
  }

  /** One after the other; the way back is that of all of them, the last first. */
  static Piece all(List<Piece> pieces) {
    List<Back> back = new ArrayList<>(pieces.stream().flatMap(it -> it.back().stream()).toList());
    Collections.reverse(back);
    return new Piece(
        pieces.stream().flatMap(piece -> piece.there().stream()).toList(),
        back.size() < pieces.size()
            ? Optional.empty()
            : Optional.of(
                new Back(
                    back.stream().flatMap(it -> it.statements().stream()).toList(),
                    back.stream().anyMatch(Back::readsRows))));
  }
}
