/** Metrics, health checks and the heartbeat. Observes; nothing in the loop calls it. */
@NullMarked
package dev.drydock.watch;

import org.jspecify.annotations.NullMarked;
