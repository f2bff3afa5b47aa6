/**
 * What can be seen from outside of how the agents fare: metrics, the answers to health probes, and the heartbeat.
 *
 * <p>Imports everything above it, reads the journal and hears events; nothing of the core imports it.
 */
@NullMarked
package dev.drydock.watch;

import org.jspecify.annotations.NullMarked;
