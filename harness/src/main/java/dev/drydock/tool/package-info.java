/** Tools with side effects, and their approval. */
@NullMarked
package dev.drydock.tool;

import org.jspecify.annotations.NullMarked;
