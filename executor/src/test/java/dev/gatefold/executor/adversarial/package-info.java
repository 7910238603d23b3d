/** The cases that no comparable tool passes, C1 to C15, each as a test of its own name. */
@NullMarked
package dev.gatefold.executor.adversarial;

import org.jspecify.annotations.NullMarked;
