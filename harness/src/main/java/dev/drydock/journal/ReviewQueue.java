package dev.drydock.journal;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What waits for a person, the oldest first, but not the outputs of runs that are approved at once: {@link HeldRuns}. */
@Singleton
public class ReviewQueue {

    /** Sorts before every entry. */
    public static final UUID FROM_THE_START = new UUID(0, 0);

    /** A larger decision is not part of a list. */
    private static final int MOST_BYTES = 1 << 14;

    /**
     * An entry that is HELD.
     *
     * @param decision JSON; null where there is none yet, or where it is large
     * @param why what a person must know, such as the claim that no tool call backs
     * @param since it was decided or returned, or else admitted
     * @param calls the tool calls that an approval is about
     */
    public record Waiting(
            UUID id,
            String agent,
            String itemId,
            @Nullable HoldReason reason,
            @Nullable String label,
            @Nullable String decision,
            @Nullable String why,
            Instant since,
            List<ProposedCall> calls) {}

    /**
     * A click that can still be undone.
     *
     * @param entry the only entry, or one of them
     */
    public record Recent(UUID click, int entries, boolean rejected, Instant until, UUID entry) {}

    static final String TO_REVIEW =
            "state = 'HELD' and (hold_reason is null or hold_reason not in ('FLOOD', 'HOLLOW'))";

    private final Jdbi jdbi;
    private final InstantSource clock;

    ReviewQueue(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * A page of the queue.
     *
     * @param agent null for all agents
     * @param after the last id of the page before
     */
    public List<Waiting> page(@Nullable String agent, UUID after, int limit) {
        return page("id > :id and (:agent::text is null or agent = :agent)", agent, after, limit);
    }

    /** One entry, if it waits. */
    public Optional<Waiting> waiting(UUID entry) {
        return page("id = :id and :agent::text is null", null, entry, 1).stream()
                .findFirst();
    }

    private List<Waiting> page(String which, @Nullable String agent, UUID id, int limit) {
        return jdbi.withHandle(handle -> {
            var entries = handle.createQuery("""
                    select id, agent, item_id, hold_reason, label, fault,
                        case when pg_column_size(decision) <= :bytes then decision end as decision,
                        coalesce(greatest(decided_at, returned_at), admitted_at) as since
                    from entry where %s and %s
                    order by id limit :limit""".formatted(TO_REVIEW, which))
                    .bind("bytes", MOST_BYTES)
                    .bind("id", id)
                    .bind("agent", agent)
                    .bind("limit", limit)
                    .map((row, context) -> read(row))
                    .list();
            var calls = handle.createQuery("""
                    select side_effect.* from side_effect join entry on entry.id = entry_id
                    where entry_id = any (:ids) and (side_effect.state in ('WAITING', 'APPROVED', 'UNSURE')
                        or side_effect.state = 'RECORDED' and entry.mode = 'REVIEW')
                    order by side_effect.id""")
                    .bindArray(
                            "ids", UUID.class, entries.stream().map(Waiting::id).toList())
                    .map((row, context) -> Map.entry(row.getObject("entry_id", UUID.class), ProposedCall.read(row)))
                    .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
            return entries.stream()
                    .map(entry -> with(entry, calls.getOrDefault(entry.id(), List.of())))
                    .toList();
        });
    }

    /** The clicks that can still be undone, the latest first. */
    public List<Recent> recent() {
        return recent("true", FROM_THE_START);
    }

    /** The click that approved or rejected this entry, while it can be undone. */
    public Optional<Recent> recent(UUID entry) {
        return recent("entry_id = :entry", entry).stream().findFirst();
    }

    private List<Recent> recent(String which, UUID entry) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select click, count(*) as entries, bool_and(entry.state = 'REJECTED') as rejected, until,
                    (array_agg(entry_id))[1] as entry
                from undo join entry on entry.id = entry_id where until > :now and %s
                group by click, until order by until desc""".formatted(which))
                .bind("now", clock.instant())
                .bind("entry", entry)
                .map((row, context) -> new Recent(
                        row.getObject("click", UUID.class),
                        row.getInt("entries"),
                        row.getBoolean("rejected"),
                        ResultSets.instant(row, "until"),
                        row.getObject("entry", UUID.class)))
                .list());
    }

    private static Waiting read(ResultSet row) throws SQLException {
        return new Waiting(
                row.getObject("id", UUID.class),
                row.getString("agent"),
                row.getString("item_id"),
                ResultSets.nullableConstant(row.getString("hold_reason"), HoldReason.UNKNOWN),
                row.getString("label"),
                row.getString("decision"),
                row.getString("fault"),
                ResultSets.instant(row, "since"),
                List.of());
    }

    private static Waiting with(Waiting entry, List<ProposedCall> calls) {
        return new Waiting(
                entry.id(),
                entry.agent(),
                entry.itemId(),
                entry.reason(),
                entry.label(),
                entry.decision(),
                entry.why(),
                entry.since(),
                calls);
    }
}
