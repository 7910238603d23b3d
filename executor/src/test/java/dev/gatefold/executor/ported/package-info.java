/** Cases by which the engines of other databases are tested, written anew for PostgreSQL. */
@NullMarked
package dev.gatefold.executor.ported;

import org.jspecify.annotations.NullMarked;
