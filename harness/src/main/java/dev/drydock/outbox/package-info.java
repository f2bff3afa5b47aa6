/**
 * Delivery: the only place that calls {@code Agent.deliver}, and it sees nothing but entries that are PENDING.
 *
 * <p>Imports {@code agent}, {@code config}, {@code journal} and {@code model}; is imported by {@code run} and
 * {@code console}.
 */
@NullMarked
package dev.drydock.outbox;

import org.jspecify.annotations.NullMarked;
