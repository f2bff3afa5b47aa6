/**
 * Doing many things at once, a bounded number at a time.
 *
 * <p>Imports nothing of the project; every package below the seam may import it.
 */
@NullMarked
package dev.drydock.concurrent;

import org.jspecify.annotations.NullMarked;
