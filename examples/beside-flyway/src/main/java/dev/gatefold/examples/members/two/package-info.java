/** Version 2 of the application's code: fees are amounts, names are full names. */
@NullMarked
package dev.gatefold.examples.members.two;

import org.jspecify.annotations.NullMarked;
