/**
 * What applications write, told by the server's own log: changes of one table in the order in which
 * their transactions committed, through a slot and a publication that a step of the plan has made.
 * A change is told until whoever takes it has said that it is kept; so it may be told twice, and
 * never less than once.
 */
@NullMarked
package dev.gatefold.backfill.feed;

import org.jspecify.annotations.NullMarked;
