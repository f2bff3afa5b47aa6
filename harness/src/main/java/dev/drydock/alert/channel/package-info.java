/** Where alerts are sent: Slack, PagerDuty, Opsgenie, webhooks, mail, Healthchecks, the log. */
@NullMarked
package dev.drydock.alert.channel;

import org.jspecify.annotations.NullMarked;
