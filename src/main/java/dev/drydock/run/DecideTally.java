package dev.drydock.run;

import org.jspecify.annotations.Nullable;

/**
 * What the decide step came to.
 *
 * @param modelFault why the model served nobody, or no longer; null if it served
 */
record DecideTally(int decided, int failed, @Nullable String modelFault) {}
