package dev.drydock.console;

import dev.drydock.journal.Run;
import dev.drydock.journal.RunResult;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as the API shows it.
 *
 * @param waiting entries that it left to a later run
 * @param costUsd decimal; null where a price is not known
 */
public record RunView(
        UUID id,
        String agent,
        String mode,
        String outcome,
        @Nullable String skipReason,
        @Nullable String fault,
        Instant startedAt,
        @Nullable Instant finishedAt,
        int fetched,
        int admitted,
        int duplicates,
        int decided,
        int delivered,
        int failed,
        int waiting,
        long tokensIn,
        long tokensOut,
        @Nullable String costUsd,
        @Nullable String traceId) {

    public static RunView of(Run run) {
        return new RunView(
                run.id(),
                run.agent(),
                run.mode() == null ? "UNKNOWN" : run.mode().name(),
                run.outcome().name(),
                run.skipReason() == null ? null : run.skipReason().name(),
                run.fault(),
                run.startedAt(),
                run.finishedAt(),
                run.counts().fetched(),
                run.counts().admitted(),
                run.counts().duplicates(),
                run.counts().decided(),
                run.delivered(),
                run.counts().failed(),
                run.counts().waiting(),
                run.tokensIn(),
                run.tokensOut(),
                CallView.usd(run.costUsd()),
                run.traceId());
    }

    /** A reason as a part of one line, which may be logged. */
    public static String because(@Nullable String reason) {
        return reason == null ? "" : ", " + RunResult.forLogs(reason).replaceAll("\\s+", " ");
    }

    /** The run in one line, for people, with the reason of its outcome. */
    String line() {
        return "%s%s%s: %d fetched, %d admitted, %d decided, %d delivered, %d failed%s (run %s)"
                .formatted(
                        outcome,
                        skipReason == null ? "" : " (" + skipReason + ")",
                        because(fault),
                        fetched,
                        admitted,
                        decided,
                        delivered,
                        failed,
                        waiting == 0 ? "" : ", " + waiting + " waiting",
                        id);
    }
}
