package dev.drydock.alert.channel;

import dev.drydock.journal.Notification;

/** Texts that are the same in each channel. */
final class AlertText {

    private AlertText() {}

    /** Type and subject: {@code CRITICAL: skipped-cycles of triage}. */
    static String heading(Notification notification) {
        return type(notification) + ": " + subject(notification);
    }

    /** What an alert is about: {@code skipped-cycles of triage}. */
    static String subject(Notification notification) {
        return notification.agent() == null ? notification.rule() : notification.rule() + " of " + notification.agent();
    }

    private static String type(Notification notification) {
        return switch (notification.type()) {
            case OPENED -> notification.severity().name();
            case ESCALATED -> "Still " + notification.severity();
            case RESOLVED -> "Resolved";
            case TEST -> "Test";
        };
    }

    /** A text without line breaks, so that it cannot inject a line or a header. */
    static String oneLine(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }

    /** A text of at most {@code longest} characters; truncation is marked. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        var end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
