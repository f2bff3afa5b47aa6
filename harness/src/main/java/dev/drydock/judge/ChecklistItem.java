package dev.drydock.judge;

/** The lines of the production checklist, in its words. */
public enum ChecklistItem {
    R1("Five or more days in shadow mode with acceptable figures"),
    R2("Edge cases that were seen are handled in code"),
    R3("Model down: retries with backoff, cycle skipped if it lasts"),
    R4("Source down: retries, nothing processed twice"),
    R5("Malformed answers: no JSON, missing fields, unexpected values"),
    R6("Token limits: truncate, never fail"),
    R7("The same input twice makes no duplicate"),
    R8("Rollback rehearsed, in under 5 minutes"),
    S1("Credentials in environment variables only"),
    S2("OAuth refresh works"),
    S3("Nothing sensitive in logs"),
    S4("Limits on endpoints that start work"),
    S5("Database credentials can be rotated without redeployment"),
    M1("Heartbeat at an outside service"),
    M2("Alert: output not delivered by its deadline"),
    M3("Alert: consecutive failures of the model"),
    M4("Alert: credentials of a source lost"),
    M5("Alert: spend over 2x a usual day"),
    M6("Alert: over 5 % of runs fail in an hour"),
    O1("Every model call kept with full input and output"),
    O2("JSON logs with a correlation id for each run"),
    O3("Metrics: inputs, labels, latency, tokens, errors"),
    O4("Any run replayed from its records within 30 seconds"),
    E1("Evals run in CI", Day.THIRTY),
    E2("Baseline on a holdout set"),
    E3("Weekly scorecard", Day.THIRTY),
    E4("Feedback is collected", Day.THIRTY),
    T1("200 or more eval cases", Day.NINETY),
    T2("Prompt changelog with measured gains", Day.NINETY);

    /** By when a line must hold. */
    public enum Day {
        /** Before going live. */
        ONE("Day 1"),
        THIRTY("Day 30"),
        NINETY("Day 90");

        private final String title;

        Day(String title) {
            this.title = title;
        }

        /** For people. */
        public String title() {
            return title;
        }
    }

    private final String text;
    private final Day day;

    ChecklistItem(String text) {
        this(text, Day.ONE);
    }

    ChecklistItem(String text, Day day) {
        this.text = text;
        this.day = day;
    }

    public String text() {
        return text;
    }

    public Day day() {
        return day;
    }
}
