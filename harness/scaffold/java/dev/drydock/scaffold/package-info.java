/**
 * {@code ./drydock new} and {@code ./drydock upgrade}: makes projects and agents out of the templates, and merges a newer
 * Drydock into a project. Run from source, with a JDK and git at hand and nothing built: it may use neither a library nor
 * the rest of Drydock. This file alone is left out there, for the sake of its one import.
 */
@NullMarked
package dev.drydock.scaffold;

import org.jspecify.annotations.NullMarked;
