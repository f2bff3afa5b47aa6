/**
 * Traces: the spans that a run is made of, what they are called, and where they are sent.
 *
 * <p>Imports {@code config}; every package that does something worth a span may import it.
 */
@NullMarked
package dev.drydock.trace;

import org.jspecify.annotations.NullMarked;
