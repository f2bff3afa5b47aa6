package dev.drydock.journal;

import dev.drydock.agent.Window;
import dev.drydock.journal.Run.Counts;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a cycle ended.
 *
 * @param runId null if no run was stored, because the database is unavailable
 * @param fault why, for people; null for a run that completed and left nothing
 * @param window null if the run ended before it had one
 */
public record RunResult(
        @Nullable UUID runId,
        RunOutcome outcome,
        @Nullable SkipReason skipReason,
        @Nullable String fault,
        @Nullable Window window,
        Counts counts) {

    private static final Pattern SENTENCE_OF_SERVER = Pattern.compile("(?s)( \\(\\d{3}\\)): .*");

    /** All steps were done; entries that failed wait for the next cycle. */
    public static RunResult completed(Window window, Counts counts) {
        var outcome = counts.failed() == 0 ? RunOutcome.COMPLETED : RunOutcome.COMPLETED_WITH_ERRORS;
        return new RunResult(null, outcome, null, null, window, counts);
    }

    /** The same, but entries wait for a later cycle, or outputs for a person. */
    public static RunResult completed(Window window, Counts counts, @Nullable SkipReason reason, String why) {
        return new RunResult(null, completed(window, counts).outcome(), reason, why, window, counts);
    }

    /** The cycle did not begin. */
    public static RunResult skipped(SkipReason reason, String fault) {
        return new RunResult(null, RunOutcome.SKIPPED, reason, fault, null, Counts.NONE);
    }

    /** The cycle ended early, after these counts. */
    public static RunResult skipped(SkipReason reason, @Nullable String fault, @Nullable Window window, Counts counts) {
        return new RunResult(null, RunOutcome.SKIPPED, reason, fault, window, counts);
    }

    /** A fault of the harness or the agent ended the cycle after these counts. */
    public static RunResult failed(String fault, @Nullable Window window, Counts counts) {
        return new RunResult(null, RunOutcome.FAILED, null, fault, window, counts);
    }

    /** The process began to shut down during the cycle, or lost the run's lease. Neither a failure nor complete. */
    public static RunResult interrupted(@Nullable Window window, Counts counts) {
        return new RunResult(
                null,
                RunOutcome.INTERRUPTED,
                null,
                "the process was asked to stop; the next start goes on with the open entries",
                window,
                counts);
    }

    /** The same cycle, interrupted by the watchdog after this time without progress. */
    public RunResult stuckAfter(Duration limit) {
        return new RunResult(
                runId,
                RunOutcome.STUCK,
                null,
                "interrupted after %s without progress; open entries wait for the next cycle".formatted(limit),
                null,
                counts);
    }

    /** The same cycle, whose steps were done, but not as its agent expects of a good run. */
    public RunResult hollow(String broken) {
        return new RunResult(
                runId, RunOutcome.HOLLOW, skipReason, fault == null ? broken : broken + "; " + fault, window, counts);
    }

    /** Whether all steps were done as expected, with or without entries that failed. */
    public boolean isCompleted() {
        return outcome == RunOutcome.COMPLETED || outcome == RunOutcome.COMPLETED_WITH_ERRORS;
    }

    /** The same, of this run. */
    public RunResult of(UUID run) {
        return new RunResult(run, outcome, skipReason, fault, window, counts);
    }

    /** The same with what is known of the cause: {@code SKIPPED(SOURCE_DOWN): NoSuchFileException: /data/inbox}. */
    public String reason() {
        return fault == null ? summary() : summary() + ": " + forLogs(fault);
    }

    /** A fault without the sentence behind a server's status: it may quote what the server was sent. */
    public static String forLogs(String fault) {
        return SENTENCE_OF_SERVER.matcher(fault).replaceFirst("$1");
    }

    /** The outcome, with its reason: {@code SKIPPED(MODEL_DOWN)}. */
    public String summary() {
        return skipReason == null ? outcome.name() : outcome + "(" + skipReason + ")";
    }
}
