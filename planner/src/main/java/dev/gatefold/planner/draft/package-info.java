/** What a change asks the server to try before it is planned, and what the server makes of it. */
@NullMarked
package dev.gatefold.planner.draft;

import org.jspecify.annotations.NullMarked;
