/**
 * How an alert reaches a person: one class a channel.
 *
 * <p>Knows neither rules nor the journal: it is handed a {@link dev.drydock.notify.Notice} and says what came of it. May
 * be imported by everything below it, above all by {@code alert}.
 */
@NullMarked
package dev.drydock.notify;

import org.jspecify.annotations.NullMarked;
