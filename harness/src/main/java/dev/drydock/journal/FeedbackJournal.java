package dev.drydock.journal;

import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What people said of decisions, and which corrections may become eval cases. */
@Singleton
@RetryConflicts
public class FeedbackJournal {

    private final Jdbi jdbi;

    FeedbackJournal(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Stores it. A correction becomes a candidate in place of an earlier one of the same entry. False, and nothing is stored, if
     * the same link has recorded its verdict before.
     */
    public boolean store(Feedback feedback) {
        return jdbi.inTransaction(handle -> {
            var stored = insert(handle, feedback);
            if (stored && feedback.correct() != null) {
                handle.createUpdate("""
                        update feedback set candidate = 'REJECTED'
                        where entry_id = :entry and id <> :id and candidate = 'OPEN'""")
                        .bind("entry", feedback.entryId())
                        .bind("id", feedback.id())
                        .execute();
            }
            return stored;
        });
    }

    private static boolean insert(Handle handle, Feedback feedback) {
        var verdict = feedback.verdict();
        return handle.createUpdate("""
                        insert into feedback (id, entry_id, given_at, source, verdict, correct, correct_label, dangerous, rating,
                            note, candidate)
                        values (:id, :entry, :at, :source, :verdict, :correct::json, :label, :dangerous, :rating, :note,
                            case when :correct::text is not null then 'OPEN' end)
                        on conflict (entry_id, verdict) where source = 'LINK' do nothing""")
                        .bind("id", feedback.id())
                        .bind("entry", feedback.entryId())
                        .bind("at", feedback.givenAt())
                        .bind("source", feedback.source().name())
                        .bind("verdict", verdict == null ? null : verdict.name())
                        .bind("correct", feedback.correct())
                        .bind("label", feedback.correctLabel())
                        .bind("dangerous", feedback.dangerous())
                        .bind("rating", feedback.rating())
                        .bind("note", feedback.note())
                        .execute()
                == 1;
    }
}
