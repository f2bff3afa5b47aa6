/** Bounded concurrency, circuit breakers, graceful shutdown, and timers that survive a clock that is set back. */
@NullMarked
package dev.drydock.concurrent;

import org.jspecify.annotations.NullMarked;
