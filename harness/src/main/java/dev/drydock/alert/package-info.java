/** The life of an alert: opened, escalated, resolved, sent. */
@NullMarked
package dev.drydock.alert;

import org.jspecify.annotations.NullMarked;
