/**
 * The loop: when a cycle starts, what it does, step by step, and how it ends.
 *
 * <p>Imports everything above it, from {@code agent} to {@code outbox}; only {@code console} and other observers may
 * import it.
 */
@NullMarked
package dev.drydock.run;

import org.jspecify.annotations.NullMarked;
