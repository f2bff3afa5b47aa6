/** The interface that your agent implements, and its types. */
@NullMarked
package dev.drydock.agent;

import org.jspecify.annotations.NullMarked;
