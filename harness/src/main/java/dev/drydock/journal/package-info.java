/** Runs, entries, calls, deliveries and alerts in PostgreSQL; all SQL. */
@NullMarked
package dev.drydock.journal;

import org.jspecify.annotations.NullMarked;
