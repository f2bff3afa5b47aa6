/**
 * Doing many things at once, a bounded number at a time, and ending them in peace.
 *
 * <p>Imports {@code config}; every package below it may import it.
 */
@NullMarked
package dev.drydock.concurrent;

import org.jspecify.annotations.NullMarked;
