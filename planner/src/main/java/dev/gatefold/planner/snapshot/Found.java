package dev.gatefold.planner.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * An object as the catalog describes it, before its owner, rights and comments are written down.
 *
 * @param of the relation that it belongs to
 * @param target what ALTER and COMMENT call it, such as {@code TABLE public.orders}
 * @param owner who shall own it, where the statement that makes it does not decide that
 * @param made the statement that makes it; empty where another object's does
 * @param more statements that follow once it has its owner
 */
record Found(
    Address address,
    String kind,
    String identity,
    Optional<Address> of,
    Optional<String> target,
    Optional<String> owner,
    String made,
    List<String> more) {

  /** Where an object stands in the catalog: the OIDs of the catalog's table and of its row. */
  record Address(long catalog, long oid) {}

  String key() {
    return kind + " " + identity;
  }
}
