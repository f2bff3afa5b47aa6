package dev.drydock.watch;

import dev.drydock.journal.RunEnd;
import dev.drydock.run.RunEvent.CycleEnded;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A run in two or three lines, for people outside. Quotes nothing of what was read, decided or answered. */
final class RunSummary {

    /** An exception's type and message; what the harness says itself begins with a small letter. */
    private static final Pattern EXCEPTION = Pattern.compile("(\\p{Upper}\\w*|): .*", Pattern.DOTALL);

    private static final double MILLIS = 1000;

    private RunSummary() {}

    static String started(String agent) {
        return "Cycle of " + agent + " started";
    }

    static String ended(CycleEnded cycle) {
        var counts = cycle.end().counts();
        return String.format(
                Locale.ROOT,
                "Cycle of %s ended: %s\nfetched %d, admitted %d, decided %d, failed %d, in %.1f s%s",
                cycle.agent(),
                outcome(cycle.end()),
                counts.fetched(),
                counts.admitted(),
                counts.decided(),
                counts.failed(),
                cycle.took().toMillis() / MILLIS,
                Optional.ofNullable(cycle.runId())
                        .map(id -> "\nGET /api/runs/" + id + " says more")
                        .orElse(""));
    }

    static String crashed(String agent) {
        return "Cycle of %s ended: CRASHED: its process ended without a word; the next cycle takes up its work"
                .formatted(agent);
    }

    private static String outcome(RunEnd end) {
        var outcome = end.skipReason() == null ? end.outcome().name() : end.outcome() + "(" + end.skipReason() + ")";
        return end.fault() == null ? outcome : outcome + ": " + harmless(end.fault());
    }

    /** The message of an exception may quote anything; its type quotes nobody. */
    private static String harmless(String fault) {
        var exception = EXCEPTION.matcher(fault);
        return exception.matches() ? exception.group(1) : fault;
    }
}
