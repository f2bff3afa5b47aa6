package dev.drydock.journal;

import dev.drydock.config.AlertSettings.Severity;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person is told about an alert at one turn of its life. Holds no secret and no personal data.
 *
 * @param alertId the same at each turn of one alert: receivers that know keys are given it as theirs
 * @param rule the rule's name in lower case with hyphens: {@code skipped-cycles}
 * @param agent null if it concerns the whole process
 * @param summary one line: what happened
 * @param details some lines: since when, what the harness already did, and which command or page to look at next
 * @param openedAt since when
 * @param at when this turn came
 * @param runbook the paragraph about the rule; a path within the repository where no address is set
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

    /** A turn in the life of an alert. */
    public enum Type {
        OPENED,

        /** It lasts; its severity may have risen. */
        ESCALATED,
        RESOLVED,

        /** Only to see whether the channel works. */
        TEST
    }
}
