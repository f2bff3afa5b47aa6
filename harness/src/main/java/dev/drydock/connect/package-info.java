/** Ready-made sources and channels that an agent may inject. */
@NullMarked
package dev.drydock.connect;

import org.jspecify.annotations.NullMarked;
