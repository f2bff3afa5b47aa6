/** All settings with their defaults; the registered agents. */
@NullMarked
package dev.drydock.config;

import org.jspecify.annotations.NullMarked;
