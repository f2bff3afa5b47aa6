package dev.drydock.console.page;

import dev.drydock.console.Caller;
import dev.drydock.console.EntryActions;
import dev.drydock.console.Problem;
import dev.drydock.console.ReadableJson;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Subject;
import dev.drydock.journal.Entry;
import dev.drydock.journal.UndoableReviews;
import dev.drydock.journal.UndoableReviews.Click;
import dev.drydock.judge.ReadEdit.Edit;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;

/** Approvals and rejections by the page, which can be undone for some seconds. Each is in the audit log. */
@Singleton
class ReviewActions {

    private final UndoableReviews reviews;
    private final EntryActions entries;
    private final Caller caller;

    ReviewActions(UndoableReviews reviews, EntryActions entries, Caller caller) {
        this.reviews = reviews;
        this.entries = entries;
        this.caller = caller;
    }

    /** Approves them, and says what was done. Fails with 409, in words, if none could be. */
    String approve(List<UUID> ids) {
        return caller.recorded(() -> done(ids, reviews.approve(ids), Action.APPROVED, "Approved"));
    }

    /** Rejects them in the same way. */
    String reject(List<UUID> ids) {
        return caller.recorded(() -> done(ids, reviews.reject(ids), Action.REJECTED, "Rejected"));
    }

    /** Approves one with changes. False, and nothing is changed, if its state does not allow it. */
    boolean approve(Entry entry, Edit edit) {
        return caller.recorded(() -> {
            var click = reviews.approveEdited(entry.id(), edit.decision(), edit.label());
            if (click.entries().isEmpty()) {
                return false;
            }
            caller.did(
                    Action.APPROVED_EDITED,
                    Subject.entry(entry.agent(), entry.id()),
                    "changed " + String.join(", ", names(edit)));
            return true;
        });
    }

    /** Approves what is held of a run, and says what was done. */
    String approveRun(UUID run) {
        return caller.recorded(() -> done(run, reviews.approveRun(run), Action.APPROVED, "Approved"));
    }

    String rejectRun(UUID run) {
        return caller.recorded(() -> done(run, reviews.rejectRun(run), Action.REJECTED, "Rejected"));
    }

    /** Takes a click back, and says what was done. */
    String undo(UUID click) {
        var undone = caller.recorded(() -> {
            var entered = reviews.undo(click);
            entered.stream()
                    .limit(100) // of a large run, the audit log has the run
                    .forEach(id -> caller.did(
                            Action.UNDONE, Subject.entry(entries.entry(id).agent(), id)));
            return entered;
        });
        return undone.isEmpty()
                ? "It is too late to undo that: it was sent, or undone before."
                : "Undone: %s again.".formatted(number(undone.size(), "waits", "wait"));
    }

    private String done(List<UUID> ids, Click click, Action action, String word) {
        if (ids.isEmpty()) {
            throw Problem.of(Response.Status.BAD_REQUEST, "No entry was chosen.");
        }
        click.entries()
                .forEach(
                        id -> caller.did(action, Subject.entry(entries.entry(id).agent(), id)));
        var left = ids.stream().filter(id -> !click.entries().contains(id)).toList();
        if (click.entries().isEmpty()) {
            throw Problem.of(Response.Status.CONFLICT, entries.whyNotReviewed(left.get(0), action));
        }
        return left.isEmpty()
                ? "%s %s.".formatted(word, number(click.entries().size(), "entry", "entries"))
                : "%s %s, but not %d others. Of one of these: %s"
                        .formatted(
                                word,
                                number(click.entries().size(), "entry", "entries"),
                                left.size(),
                                entries.whyNotReviewed(left.get(0), action));
    }

    private String done(UUID run, Click click, Action action, String word) {
        var entries = click.entries().size();
        if (entries == 0) {
            throw Problem.of(
                    Response.Status.CONFLICT,
                    "No outputs of this run are held any more: somebody has approved or rejected them.");
        }
        caller.did(action, Subject.run(null, run), "%,d outputs".formatted(entries));
        return "%s all %s of the run.".formatted(word, number(entries, "output", "outputs"));
    }

    private static List<String> names(Edit edit) {
        return edit.changed().properties().stream()
                .map(property -> ReadableJson.words(property.getKey()))
                .toList();
    }

    private static String number(int number, String one, String many) {
        return "%,d %s".formatted(number, number == 1 ? one : many);
    }
}
