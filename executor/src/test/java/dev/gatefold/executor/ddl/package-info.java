/** Gatefold's own schema, as versions before left it. */
@NullMarked
package dev.gatefold.executor.ddl;

import org.jspecify.annotations.NullMarked;
