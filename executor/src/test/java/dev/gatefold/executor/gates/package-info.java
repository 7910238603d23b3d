/** Gates as those who promote, approve and audit meet them. */
@NullMarked
package dev.gatefold.executor.gates;

import org.jspecify.annotations.NullMarked;
