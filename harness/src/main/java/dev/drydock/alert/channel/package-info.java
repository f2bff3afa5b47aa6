/** Sends alerts to Slack, PagerDuty and others. */
@NullMarked
package dev.drydock.alert.channel;

import org.jspecify.annotations.NullMarked;
