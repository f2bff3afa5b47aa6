/**
 * An alert's life: opened once, escalated if it lasts, resolved when it is over, and each turn told to every channel that
 * is set. What is wrong is for the rules to say.
 *
 * <p>Imports everything above it. {@code rule} and {@code console} may import it, and what else tells or shows alerts.
 */
@NullMarked
package dev.drydock.alert;

import org.jspecify.annotations.NullMarked;
