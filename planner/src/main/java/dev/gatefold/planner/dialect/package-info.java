/** The text of SQL and the knowledge of locks of one kind of database. */
@NullMarked
package dev.gatefold.planner.dialect;

import org.jspecify.annotations.NullMarked;
