/**
 * Ready-made parts that a user's agent may inject: sources to read from, channels to deliver to.
 *
 * <p>Imports {@code agent} and {@code config}, nothing else of the project.
 */
@NullMarked
package dev.drydock.connect;

import org.jspecify.annotations.NullMarked;
