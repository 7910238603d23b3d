/** Tests of the catalog reader against a real server. */
@NullMarked
package dev.gatefold.planner.catalog;

import org.jspecify.annotations.NullMarked;
