/**
 * Leaving alone what is down, until it serves again.
 *
 * <p>Imports nothing of the project; is imported by {@code model}, {@code outbox}, {@code run} and {@code watch}.
 */
@NullMarked
package dev.drydock.circuit;

import org.jspecify.annotations.NullMarked;
