/**
 * The seam: all that a user's agent needs to know of Drydock.
 *
 * <p>Depends on the JDK alone, and everything may import it. An agent and its tests need nothing else from the harness,
 * save the ready-made sources and channels in {@code dev.drydock.connect}.
 */
@NullMarked
package dev.drydock.agent;

import org.jspecify.annotations.NullMarked;
