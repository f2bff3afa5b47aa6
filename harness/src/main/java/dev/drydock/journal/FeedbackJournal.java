package dev.drydock.journal;

import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What people said of decisions, and which corrections may become eval cases. */
@Singleton
@RetryConflicts
public class FeedbackJournal {

    /**
     * A correction that waits for a person to make an eval case of it.
     *
     * @param correct JSON of the fields that were wrong, as they should have been
     * @param item JSON of the item, with nothing masked
     */
    public record OpenCorrection(
            UUID id,
            UUID entryId,
            Instant givenAt,
            String label,
            String correctLabel,
            boolean dangerous,
            String correct,
            @Nullable String note,
            String item) {}

    private final Jdbi jdbi;

    FeedbackJournal(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Stores it. A correction is open in place of an earlier one of the same entry. False, and nothing is stored, if
     * the same link, import or reaction has recorded it before.
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
                            note, given_by, candidate)
                        values (:id, :entry, :at, :source, :verdict, :correct::json, :label, :dangerous, :rating, :note, :by,
                            case when :correct::text is not null then 'OPEN' end)
                        on conflict do nothing""")
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
                        .bind("by", feedback.givenBy())
                        .execute()
                == 1;
    }

    /** The open corrections of an agent, oldest first. */
    public List<OpenCorrection> corrections(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select feedback.*, coalesce(original_label, label) as label, item from feedback join entry on entry.id = entry_id
                where candidate = 'OPEN' and agent = :agent and item is not null order by feedback.id""")
                .bind("agent", agent)
                .map((row, context) -> new OpenCorrection(
                        row.getObject("id", UUID.class),
                        row.getObject("entry_id", UUID.class),
                        ResultSets.instant(row, "given_at"),
                        row.getString("label"),
                        row.getString("correct_label"),
                        row.getBoolean("dangerous"),
                        row.getString("correct"),
                        row.getString("note"),
                        row.getString("item")))
                .list());
    }

    /** Whether it was an open correction until now. */
    public boolean close(UUID correction, boolean accepted) {
        return jdbi.withHandle(handle ->
                handle.createUpdate("update feedback set candidate = :state where id = :id and candidate = 'OPEN'")
                                .bind("id", correction)
                                .bind("state", accepted ? "ACCEPTED" : "REJECTED")
                                .execute()
                        == 1);
    }

    /** Opens a correction again that could not be written. */
    public void reopen(UUID correction) {
        jdbi.useHandle(handle -> handle.createUpdate("update feedback set candidate = 'OPEN' where id = :id")
                .bind("id", correction)
                .execute());
    }
}
