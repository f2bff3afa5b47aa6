package dev.drydock.console.page;

import dev.drydock.journal.AuditLog;
import dev.drydock.journal.Delivery;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryDetails.Details;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.Feedback;
import dev.drydock.journal.ReturnEntries.Return;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened to an entry. */
record Happening(Instant at, String what, @Nullable String detail) {

    /** What is on record of an entry. */
    record Sources(
            Entry entry,
            Details details,
            List<AuditLog.Event> audit,
            List<Return> returns,
            List<Delivery> deliveries,
            List<Feedback> feedback) {}

    /** All of it, in the order of time. */
    static List<Happening> of(Sources from) {
        var all = new ArrayList<Happening>();
        var entry = from.entry();
        all.add(new Happening(entry.admittedAt(), "Read from the source", null));
        if (entry.decidedAt() != null) {
            all.add(new Happening(
                    entry.decidedAt(),
                    "Decided by %s".formatted("RULE".equals(entry.decidedBy()) ? "a rule" : "the model"),
                    from.details().originalLabel() == null
                            ? entry.label()
                            : from.details().originalLabel()));
        }
        from.returns()
                .forEach(one ->
                        all.add(new Happening(one.at(), "Came back from %s".formatted(one.state()), one.fault())));
        from.deliveries().forEach(attempt -> all.add(delivery(attempt)));
        from.feedback().forEach(feedback -> all.add(feedback(feedback)));
        from.audit().stream()
                .filter(event -> event.action() != AuditLog.Action.GAVE_FEEDBACK)
                .forEach(event -> all.add(new Happening(
                        event.at(),
                        "%s %s".formatted(event.actor().name(), event.action().words()),
                        event.detail())));
        var setAside = from.details().setAsideAt();
        if (setAside != null && entry.state() != EntryState.REJECTED) {
            all.add(new Happening(setAside, "Set aside: %s".formatted(entry.state()), entry.fault()));
        }
        all.sort(Comparator.comparing(Happening::at));
        return all;
    }

    private static Happening delivery(Delivery attempt) {
        var what = switch (attempt.outcome()) {
            case STARTED -> "Delivery attempt %d began";
            case DELIVERED -> "Delivered at attempt %d";
            case FAILED -> "Delivery attempt %d failed";
            case REFUSED -> "Delivery attempt %d was refused for good";
            case UNSURE -> "Delivery attempt %d was interrupted; it may have arrived";
            case UNKNOWN -> "Delivery attempt %d";
        };
        return new Happening(
                attempt.finishedAt() == null ? attempt.startedAt() : attempt.finishedAt(),
                what.formatted(attempt.attempt()),
                attempt.fault() == null ? attempt.receipt() : attempt.fault());
    }

    private static Happening feedback(Feedback feedback) {
        var parts = new ArrayList<String>();
        if (feedback.correctLabel() != null) {
            parts.add("should have been %s%s"
                    .formatted(feedback.correctLabel(), feedback.dangerous() ? ", a dangerous mistake" : ""));
        }
        if (feedback.rating() != null) {
            parts.add("%d of 5".formatted(feedback.rating()));
        }
        if (feedback.note() != null) {
            parts.add(feedback.note());
        }
        var verdict = feedback.verdict();
        return new Happening(
                feedback.givenAt(),
                verdict == null
                        ? "Feedback"
                        : verdict == Feedback.Verdict.UP ? "Feedback: it was right" : "Feedback: it was wrong",
                parts.isEmpty() ? null : String.join("; ", parts));
    }
}
