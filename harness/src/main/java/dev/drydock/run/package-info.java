/** The loop: schedule, runner, stages, watchdog. */
@NullMarked
package dev.drydock.run;

import org.jspecify.annotations.NullMarked;
