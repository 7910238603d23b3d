/** Tables and the changes that they undergo, with the mappings told once more, in Java. */
@NullMarked
package dev.gatefold.executor.faults.scenario;

import org.jspecify.annotations.NullMarked;
