package dev.drydock.alert.channel;

import dev.drydock.journal.Notice;
import dev.drydock.journal.Severity;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The life of one alert, told by somebody hostile. */
final class Notices {

    static final UUID ID = UUID.fromString("01a20a93-a349-7f2c-83ea-e7b9f2e67c7b");
    static final Instant OPENED_AT = Instant.parse("2026-11-23T01:00:07Z");
    static final String SUMMARY = "no cycle for 2 h <!channel> & \"co\"\r\nBcc: all@example.com \uD83D\uDE31";
    static final String DETAILS = "last completed: 23:00\n<https://evil.example|click>";
    static final URI RUNBOOK = URI.create("https://example.com/alerts?page=1&rule=skipped#skipped-cycles");

    private Notices() {}

    static Notice at(Notice.Turn turn) {
        return at(turn, Severity.CRITICAL, SUMMARY);
    }

    static Notice at(Notice.Turn turn, Severity severity, String summary) {
        return notice(turn, "triage", severity, summary);
    }

    static Notice ofTheProcess() {
        return notice(Notice.Turn.OPENED, null, Severity.WARNING, "the database is away");
    }

    private static Notice notice(Notice.Turn turn, @Nullable String agent, Severity severity, String summary) {
        var at = turn == Notice.Turn.OPENED ? OPENED_AT : OPENED_AT.plusSeconds(60);
        return new Notice(ID, turn, "skipped-cycles", agent, severity, summary, DETAILS, OPENED_AT, at, RUNBOOK);
    }
}
