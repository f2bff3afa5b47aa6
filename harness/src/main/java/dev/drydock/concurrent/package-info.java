/** Bounded concurrency, circuit breakers, graceful shutdown. */
@NullMarked
package dev.drydock.concurrent;

import org.jspecify.annotations.NullMarked;
