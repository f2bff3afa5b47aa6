/** Labelled cases, evals and their gate, replay. */
@NullMarked
package dev.drydock.judge;

import org.jspecify.annotations.NullMarked;
