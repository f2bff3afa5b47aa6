/** What happened: runs, entries, model calls, deliveries, alerts. All SQL is here. */
@NullMarked
package dev.drydock.journal;

import org.jspecify.annotations.NullMarked;
