/**
 * What is set from outside, and the agents that were found: each agent with its settings, global ones overridden by its
 * own.
 *
 * <p>Imports {@code agent} only; every other package may import it, a user's agent need not.
 */
@NullMarked
package dev.drydock.config;

import org.jspecify.annotations.NullMarked;
