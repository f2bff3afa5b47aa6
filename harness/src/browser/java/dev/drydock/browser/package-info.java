/** The page in a real browser: {@code ./mvnw verify -Pbrowser}. */
@NullMarked
package dev.drydock.browser;

import org.jspecify.annotations.NullMarked;
