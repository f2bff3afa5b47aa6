package dev.drydock.console;

import dev.drydock.journal.RunOutcome;
import java.util.Locale;

/** How good or bad something is; the stylesheet has a colour for each. */
public enum Tone {
    GOOD,
    WARN,
    BAD,
    BUSY,
    NEUTRAL;

    public static Tone of(RunOutcome outcome) {
        return switch (outcome) {
            case COMPLETED -> GOOD;
            case COMPLETED_WITH_ERRORS, HOLLOW, SKIPPED, INTERRUPTED -> WARN;
            case FAILED, STUCK, CRASHED -> BAD;
            case RUNNING -> BUSY;
            case UNKNOWN -> NEUTRAL;
        };
    }

    /** The name of its class in the stylesheet. */
    public String css() {
        return name().toLowerCase(Locale.ROOT);
    }
}
