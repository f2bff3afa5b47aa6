/**
 * {@code ./drydock new} and {@code ./drydock upgrade}: makes projects and agents from templates, and merges a newer Drydock
 * into a project. It runs from source with a JDK and git, so it may use no library and nothing else of Drydock. The script
 * does not compile this file, because its annotation is from a library.
 */
@NullMarked
package dev.drydock.scaffold;

import org.jspecify.annotations.NullMarked;
