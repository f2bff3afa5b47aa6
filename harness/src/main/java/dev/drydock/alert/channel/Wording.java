package dev.drydock.alert.channel;

import dev.drydock.journal.Notice;

/** The words that people read, the same in each channel. */
final class Wording {

    private Wording() {}

    /** What came of which alert: {@code CRITICAL: skipped-cycles of triage}. */
    static String heading(Notice notice) {
        return turn(notice) + ": " + subject(notice);
    }

    /** What an alert is about: {@code skipped-cycles of triage}. */
    static String subject(Notice notice) {
        return notice.agent() == null ? notice.rule() : notice.rule() + " of " + notice.agent();
    }

    private static String turn(Notice notice) {
        return switch (notice.turn()) {
            case OPENED -> notice.severity().name();
            case ESCALATED -> "Still " + notice.severity();
            case RESOLVED -> "Resolved";
            case TEST -> "Test";
        };
    }

    /** A text without line breaks, so that it neither forges a line nor a header. */
    static String oneLine(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }

    /** A text of at most so many characters, its cut marked. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        var end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
