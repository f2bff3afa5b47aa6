package dev.drydock.alert.channel;

import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.journal.Notification;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The life of one alert, told by somebody hostile. */
final class Notifications {

    static final UUID ID = UUID.fromString("01a20a93-a349-7f2c-83ea-e7b9f2e67c7b");
    static final Instant OPENED_AT = Instant.parse("2026-11-23T01:00:07Z");
    static final String SUMMARY = "no cycle for 2 h <!channel> & \"co\"\r\nBcc: all@example.com \uD83D\uDE31";
    static final String DETAILS = "last completed: 23:00\n<https://evil.example|click>";
    static final URI RUNBOOK = URI.create("https://example.com/alerts?page=1&rule=skipped#skipped-cycles");

    private Notifications() {}

    static Notification at(Notification.Type type) {
        return at(type, Severity.CRITICAL, SUMMARY);
    }

    static Notification at(Notification.Type type, Severity severity, String summary) {
        return notification(type, "triage", severity, summary);
    }

    static Notification ofTheProcess() {
        return notification(Notification.Type.OPENED, null, Severity.WARNING, "the database is away");
    }

    private static Notification notification(
            Notification.Type type, @Nullable String agent, Severity severity, String summary) {
        var at = type == Notification.Type.OPENED ? OPENED_AT : OPENED_AT.plusSeconds(60);
        return new Notification(ID, type, "skipped-cycles", agent, severity, summary, DETAILS, OPENED_AT, at, RUNBOOK);
    }
}
