package dev.drydock.console;

import dev.drydock.journal.Run;
import dev.drydock.journal.SkipReason;
import org.jspecify.annotations.Nullable;

/** Why a run ended as it did, as a sentence. */
public final class RunWords {

    private RunWords() {}

    /** With the fault that was recorded, if there is one. */
    public static String sentence(Run run) {
        var said = outcome(run);
        return run.fault() == null || run.fault().isBlank()
                ? said
                : said + " " + ended(run.fault().strip());
    }

    private static String outcome(Run run) {
        return switch (run.outcome()) {
            case RUNNING -> "The run is going on.";
            case COMPLETED -> "All steps were done.";
            case COMPLETED_WITH_ERRORS ->
                "All steps were done, but %d entries could not be decided or delivered; they stay open."
                        .formatted(run.counts().failed());
            case HOLLOW -> "The run is not as its agent expects of a good one. Its outputs wait for a person.";
            case SKIPPED ->
                "The run was not done, or not to its end: %s. The next one makes up for it."
                        .formatted(reason(run.skipReason()));
            case FAILED -> "A fault of the harness or the agent ended the run.";
            case STUCK -> "The run made no progress for too long and was ended.";
            case INTERRUPTED -> "Its process was asked to stop. The next start goes on with it.";
            case CRASHED -> "Its process died. The next run goes on with its open entries.";
            case UNKNOWN -> "A newer release wrote how it ended.";
        };
    }

    private static String reason(@Nullable SkipReason reason) {
        if (reason == null) {
            return "no reason was recorded";
        }
        return switch (reason) {
            case SOURCE_DOWN -> "the source was unavailable";
            case MODEL_DOWN -> "the model server was unavailable";
            case MODEL_REFUSES -> "the model server refused the key, the model or a parameter";
            case QUOTA -> "the account at the model server is empty";
            case DATABASE_DOWN -> "the database was unavailable";
            case BUDGET_SPENT -> "the budget of the day was spent";
            case ALREADY_RUNNING -> "another run of the agent was going on";
            case CRASH_LOOPING -> "several runs in a row had crashed";
            case RATE_LIMITED, FIRST_RUN, FLOOD, UNKNOWN -> reason.name();
        };
    }

    private static String ended(String sentence) {
        return sentence.matches("(?s).*[.!?]") ? sentence : sentence + ".";
    }
}
