package dev.drydock.judge;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One line of the checklist, with its answer.
 *
 * @param evidence what was seen, with figures; contains no secret
 * @param fix what to do; empty if the line holds
 */
@RegisterForReflection
public record ChecklistLine(
        ChecklistItem id, ChecklistItem.Day day, String text, State state, String evidence, String fix) {

    /** The answer to a line. */
    public enum State {
        HOLDS("holds"),
        DOES_NOT_HOLD("DOES NOT HOLD"),
        /** It may hold, but nothing has shown it yet. */
        NOT_SEEN_YET("not seen yet");

        private final String title;

        State(String title) {
            this.title = title;
        }

        /** For people. */
        public String title() {
            return title;
        }
    }

    static ChecklistLine holds(ChecklistItem item, String evidence) {
        return of(item, State.HOLDS, evidence, "");
    }

    static ChecklistLine fails(ChecklistItem item, String evidence, String fix) {
        return of(item, State.DOES_NOT_HOLD, evidence, fix);
    }

    static ChecklistLine unseen(ChecklistItem item, String evidence, String fix) {
        return of(item, State.NOT_SEEN_YET, evidence, fix);
    }

    /** Holds if it was seen. */
    static ChecklistLine seen(ChecklistItem item, boolean seen, String evidence, String fix) {
        return seen ? holds(item, evidence) : unseen(item, evidence, fix);
    }

    private static ChecklistLine of(ChecklistItem item, State state, String evidence, String fix) {
        return new ChecklistLine(item, item.day(), item.text(), state, evidence, fix);
    }

    public boolean holds() {
        return state == State.HOLDS;
    }
}
