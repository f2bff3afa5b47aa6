/** Tools that change the world, and the person who approves them. */
@NullMarked
package dev.drydock.tool;

import org.jspecify.annotations.NullMarked;
