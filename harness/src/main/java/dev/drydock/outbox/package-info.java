/** Delivery; the only caller of {@code Agent.deliver}. */
@NullMarked
package dev.drydock.outbox;

import org.jspecify.annotations.NullMarked;
