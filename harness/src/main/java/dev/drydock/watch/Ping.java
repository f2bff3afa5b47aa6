package dev.drydock.watch;

import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.RunResult;
import dev.drydock.run.RunEvent.CycleEnded;
import dev.drydock.run.RunEvent.CycleStarted;
import dev.drydock.run.RunEvent.RunCrashed;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an outside service is sent about a run.
 *
 * @param run null for a cycle that was not stored, because the database was unavailable
 * @param body two or three lines for people; contains no secret, and no text of an item, decision or answer
 */
record Ping(Kind kind, @Nullable UUID run, String body) {

    /** An exception's type and message; messages of Drydock's own begin with a small letter. */
    private static final Pattern EXCEPTION = Pattern.compile("(\\p{Upper}\\w*|): .*", Pattern.DOTALL);

    private static final Set<RunOutcome> SUCCESSES = EnumSet.of(RunOutcome.COMPLETED, RunOutcome.COMPLETED_WITH_ERRORS);
    private static final double MILLIS = 1000;

    enum Kind {
        START("/start"),
        SUCCESS(""),
        FAIL("/fail");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }
    }

    static Ping started(CycleStarted run) {
        return new Ping(Kind.START, run.runId(), "Cycle of %s started".formatted(run.agent()));
    }

    static Ping ended(CycleEnded cycle) {
        var counts = cycle.result().counts();
        var body = String.format(
                Locale.ROOT,
                "Cycle of %s ended: %s\nfetched %d, admitted %d, decided %d, failed %d, in %.1f s%s",
                cycle.agent(),
                outcome(cycle.result()),
                counts.fetched(),
                counts.admitted(),
                counts.decided(),
                counts.failed(),
                cycle.took().toMillis() / MILLIS,
                Optional.ofNullable(cycle.runId())
                        .map(id -> "\nDetails: GET /api/runs/" + id)
                        .orElse(""));
        return new Ping(SUCCESSES.contains(cycle.result().outcome()) ? Kind.SUCCESS : Kind.FAIL, cycle.runId(), body);
    }

    static Ping crashed(RunCrashed run) {
        return new Ping(
                Kind.FAIL,
                run.runId(),
                "Cycle of %s ended: CRASHED: its process died; the next cycle resumes its entries"
                        .formatted(run.agent()));
    }

    /** What is added to the path of a target's address. */
    String suffix() {
        return kind.suffix;
    }

    private static String outcome(RunResult result) {
        return result.fault() == null ? result.summary() : result.summary() + ": " + withoutMessage(result.fault());
    }

    /** Only the type of an exception: its message may contain anything. */
    private static String withoutMessage(String fault) {
        var exception = EXCEPTION.matcher(fault);
        return exception.matches() ? exception.group(1) : fault;
    }
}
