package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What the page of one entry shows besides the entry itself. */
@Singleton
public class EntryDetails {

    /** A larger item is not shown. */
    private static final int MOST_BYTES = 1 << 20;

    /**
     * The item, and what a person did with the decision.
     *
     * @param item JSON; null after deletion, and if it is large
     * @param large whether the item is there, and too large to be shown
     * @param original JSON of the decision before a person edited it; null if nobody did
     * @param dueAt when it is delivered next; null if it never was to be
     */
    public record Details(
            @Nullable String item,
            boolean large,
            @Nullable String original,
            @Nullable String originalLabel,
            @Nullable Instant approvedAt,
            @Nullable Instant setAsideAt,
            @Nullable Instant dueAt) {}

    private final Jdbi jdbi;

    EntryDetails(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Optional<Details> of(UUID entry) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select case when bytes <= :most then item end as item, bytes > :most as large, original_decision, original_label,
                    approved_at, set_aside_at, next_delivery_at
                from (select *, coalesce(item_bytes, octet_length(item::text), 0) as bytes from entry where id = :id) entry""")
                .bind("id", entry)
                .bind("most", MOST_BYTES)
                .map((row, context) -> new Details(
                        row.getString("item"),
                        row.getBoolean("large"),
                        row.getString("original_decision"),
                        row.getString("original_label"),
                        ResultSets.nullableInstant(row, "approved_at"),
                        ResultSets.nullableInstant(row, "set_aside_at"),
                        ResultSets.nullableInstant(row, "next_delivery_at")))
                .findOne());
    }
}
