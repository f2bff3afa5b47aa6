/** Alert rules. */
@NullMarked
package dev.drydock.alert.rule;

import org.jspecify.annotations.NullMarked;
