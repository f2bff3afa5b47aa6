/** The tests stand in the same packages as what they test. */
@NullMarked
package dev.drydock;

import org.jspecify.annotations.NullMarked;
