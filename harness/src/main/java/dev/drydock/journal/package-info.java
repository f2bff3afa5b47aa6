/**
 * What happened: runs, entries, model calls and deliveries, in PostgreSQL. All SQL of the project is here.
 *
 * <p>Each class is one thing that is done to the journal. What a cycle does for many entries is one statement for all
 * of them. Imports {@code agent} and {@code config}; {@code connect} must not import it.
 */
@NullMarked
package dev.drydock.journal;

import org.jspecify.annotations.NullMarked;
