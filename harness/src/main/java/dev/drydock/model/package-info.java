/**
 * The one door to any language model: every call passes here, whoever makes it, and is recorded.
 *
 * <p>Imports {@code agent}, {@code config} and {@code journal}; is imported by {@code outbox} and what follows it.
 */
@NullMarked
package dev.drydock.model;

import org.jspecify.annotations.NullMarked;
