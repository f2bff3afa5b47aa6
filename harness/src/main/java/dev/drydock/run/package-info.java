/** Schedules, cycles, stages, watchdog. */
@NullMarked
package dev.drydock.run;

import org.jspecify.annotations.NullMarked;
