/** Spans and their export. */
@NullMarked
package dev.drydock.trace;

import org.jspecify.annotations.NullMarked;
