package dev.drydock.journal;

import dev.drydock.journal.Feedback.Verdict;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What was decided in shadow mode, the latest first, beside what people said of it. */
@Singleton
public class ShadowOutputs {

    /** A larger item is not part of a list. */
    private static final int MOST_BYTES = 1 << 17;

    /**
     * An output that was not delivered.
     *
     * @param item JSON; null after deletion, and where it is large
     * @param correctLabel what a person says is right; null if nobody corrected it
     * @param verdict the last thumb; null without one
     */
    public record Output(
            Entry entry,
            @Nullable String item,
            @Nullable String correctLabel,
            @Nullable Verdict verdict,
            @Nullable String note) {}

    private final Jdbi jdbi;

    ShadowOutputs(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * The latest first.
     *
     * @param before the last id of the page before; null for the first page
     */
    public List<Output> page(String agent, @Nullable UUID before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select %s, said.correct_label, said.verdict, said.note,
                    case when coalesce(item_bytes, octet_length(item::text)) <= :bytes then item end as shown_item
                from (
                    select * from entry
                    where agent = :agent and state = 'SHADOWED' and (:before::uuid is null or id < :before::uuid)
                    order by id desc limit :limit
                ) entry left join lateral (
                    select correct_label, verdict, note from feedback
                    where entry_id = entry.id order by correct_label is null, feedback.id desc limit 1
                ) said on true
                order by entry.id desc""".formatted(Entry.COLUMNS))
                .bind("agent", agent)
                .bind("before", before)
                .bind("limit", limit)
                .bind("bytes", MOST_BYTES)
                .map((row, context) -> new Output(
                        Entry.read(row),
                        row.getString("shown_item"),
                        row.getString("correct_label"),
                        ResultSets.known(Verdict.class, row.getString("verdict"))
                                .orElse(null),
                        row.getString("note")))
                .list());
    }
}
