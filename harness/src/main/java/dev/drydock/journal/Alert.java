package dev.drydock.journal;

import dev.drydock.config.AlertSettings.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A problem that people were notified about.
 *
 * @param subject what it is about: an agent, a source, or "" for the whole process; of each rule and subject one is open
 * @param agent null if it is about none
 * @param severity CRITICAL if a newer release wrote one that this one does not know
 * @param escalatedAt null if it did not last that long
 * @param resolvedAt null while it is open
 */
public record Alert(
        UUID id,
        String rule,
        String subject,
        @Nullable String agent,
        Severity severity,
        String summary,
        String details,
        Instant openedAt,
        @Nullable Instant escalatedAt,
        @Nullable Instant resolvedAt) {

    static Alert read(ResultSet row) throws SQLException {
        return new Alert(
                row.getObject("id", UUID.class),
                row.getString("rule"),
                row.getString("subject"),
                row.getString("agent"),
                ResultSets.constant(row.getString("severity"), Severity.CRITICAL),
                row.getString("summary"),
                row.getString("details"),
                ResultSets.instant(row, "opened_at"),
                ResultSets.nullableInstant(row, "escalated_at"),
                ResultSets.nullableInstant(row, "resolved_at"));
    }
}
