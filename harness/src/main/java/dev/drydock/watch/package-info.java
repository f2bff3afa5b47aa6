/** Metrics, heartbeats, probes. */
@NullMarked
package dev.drydock.watch;

import org.jspecify.annotations.NullMarked;
