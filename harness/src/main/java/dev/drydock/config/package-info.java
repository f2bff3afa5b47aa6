/** Every setting with its default, and the agents that were found. */
@NullMarked
package dev.drydock.config;

import org.jspecify.annotations.NullMarked;
