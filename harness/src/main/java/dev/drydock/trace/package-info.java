/** Spans, and the backends that they are sent to. */
@NullMarked
package dev.drydock.trace;

import org.jspecify.annotations.NullMarked;
