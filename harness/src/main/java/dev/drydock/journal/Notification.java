package dev.drydock.journal;

import dev.drydock.config.AlertSettings.Severity;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message to people about an alert. Contains no secret and no personal data.
 *
 * @param alertId the same for all notifications of one alert: PagerDuty and Opsgenie use it as their key
 * @param rule the rule's name in lower case with hyphens: {@code skipped-cycles}
 * @param agent null if the alert concerns the whole process
 * @param summary one line: what happened
 * @param details since when, what Drydock already did, and which command or page to look at next
 * @param openedAt since when
 * @param at when the alert was opened, escalated or resolved
 * @param runbook the paragraph about the rule; a path in the repository if no address is set
 */
public record Notification(
        UUID alertId,
        Type type,
        String rule,
        @Nullable String agent,
        Severity severity,
        String summary,
        String details,
        Instant openedAt,
        Instant at,
        URI runbook) {

    /** What happened to the alert. */
    public enum Type {
        OPENED,

        /** The alert has been open for long; it is now critical. */
        ESCALATED,
        RESOLVED,

        /** A test of the channel. */
        TEST
    }
}
