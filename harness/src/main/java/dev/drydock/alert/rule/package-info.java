/** The rules that open and resolve alerts, one class each. */
@NullMarked
package dev.drydock.alert.rule;

import org.jspecify.annotations.NullMarked;
