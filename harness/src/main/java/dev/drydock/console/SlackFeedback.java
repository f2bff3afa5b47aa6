package dev.drydock.console;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.drydock.connect.SlackMessage;
import dev.drydock.journal.AuditLog;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Actor;
import dev.drydock.journal.AuditLog.Subject;
import dev.drydock.journal.Entry;
import dev.drydock.journal.Feedback.Source;
import dev.drydock.journal.Feedback.Verdict;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.ReviewEntries;
import dev.drydock.judge.InvalidFeedbackException;
import dev.drydock.judge.RecordFeedback;
import dev.drydock.judge.RecordFeedback.Given;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** What people do in Slack: it is recorded as feedback or as a review, and in the audit log with their names. */
@Singleton
final class SlackFeedback {

    private final JournalQueries journal;
    private final RecordFeedback feedback;
    private final ReviewEntries review;
    private final AuditLog audit;

    SlackFeedback(JournalQueries journal, RecordFeedback feedback, ReviewEntries review, AuditLog audit) {
        this.journal = journal;
        this.feedback = feedback;
        this.review = review;
        this.audit = audit;
    }

    /** A reaction to a message; one that is no delivered output is ignored. */
    void react(SlackMessage message, Verdict verdict, Actor actor) {
        entryOf(message).ifPresent(entry -> answer(() -> feedback.recordReaction(entry, verdict, actor)));
    }

    /**
     * A correction. Returns what to tell the person.
     *
     * @param text the link of a delivered message or the id of an entry, then what would have been right
     */
    String correct(String text, Actor actor) {
        var parts = text.split("\\s+", 2);
        var entry = SlackMessage.ofLink(parts[0])
                .flatMap(this::entryOf)
                .or(() -> id(parts[0]).flatMap(journal::entry));
        if (entry.isEmpty() || parts.length < 2) {
            return "Write: /correct LINK VALUES. LINK is that of a delivered message (\"Copy link\"), or the id of an entry;"
                    + " VALUES are what would have been right, such as BILLING, TODAY.";
        }
        var given = new Given(Verdict.DOWN, TextNode.valueOf(parts[1]), null, null);
        return answer(() -> feedback.record(entry.get(), given, Source.SLACK, actor));
    }

    /** Approves or rejects an entry, if its state allows it. */
    void review(String entryId, boolean approves, Actor actor) {
        id(entryId)
                .flatMap(journal::entry)
                .ifPresent(entry -> audit.recordIfDone(
                        actor,
                        approves ? Action.APPROVED : Action.REJECTED,
                        Subject.entry(entry.agent(), entry.id()),
                        () -> approves ? review.approve(entry.id()) : review.reject(entry.id())));
    }

    /** Records, and returns what to tell the person. */
    private static String answer(BooleanSupplier recording) {
        try {
            return recording.getAsBoolean() ? "Thank you. It is recorded." : "It was recorded before.";
        } catch (InvalidFeedbackException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private Optional<Entry> entryOf(SlackMessage message) {
        return journal.deliveredAs(message.receipt().reference());
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
