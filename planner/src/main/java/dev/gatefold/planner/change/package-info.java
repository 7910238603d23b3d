/** What a team asks for: a change and its operations, read from a YAML file. */
@NullMarked
package dev.gatefold.planner.change;

import org.jspecify.annotations.NullMarked;
