/**
 * The alert rules, one class each: what is looked at, from when on it is wrong, and what to tell a person about it.
 *
 * <p>They read the journal or hear events, and change nothing. Imports everything above it; nothing imports it.
 */
@NullMarked
package dev.drydock.rule;

import org.jspecify.annotations.NullMarked;
