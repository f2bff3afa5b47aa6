package dev.drydock.journal;

import dev.drydock.agent.Mode;
import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Returns entries that were set aside: POISONED and REJECTED ones to be decided again, UNDELIVERABLE ones to be delivered again.
 * Their attempts are counted anew. What they were before is kept in the table {@code entry_return}.
 */
@Singleton
@RetryConflicts
public class ReturnEntries {

    /** The states that entries are returned from. */
    public static final Set<EntryState> RETURNABLE =
            EnumSet.of(EntryState.POISONED, EntryState.UNDELIVERABLE, EntryState.REJECTED);

    /**
     * Which entries of an agent to return.
     *
     * @param since those that have been set aside since then; null for all
     * @param fault text that their fault contains, in any case; null for all
     */
    public record Selection(
            String agent,
            Set<EntryState> states,
            @Nullable Instant since,
            @Nullable String fault) {}

    /**
     * The selected entries.
     *
     * @param entries their number in each state
     * @param unsure more that match, but may have arrived; they are returned only if {@code fault} contains "unsure"
     */
    public record Found(Map<EntryState, Integer> entries, int unsure) {

        public int total() {
            return entries.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** An entry's state before a person returned it. */
    public record Return(Instant at, String state, @Nullable String fault, int attempts) {}

    private static final String SELECTED = """
            agent = :agent and state = any (:states) and item is not null
                and (:since::timestamptz is null or coalesce(set_aside_at, decided_at, admitted_at) >= :since)
                and (:fault::text is null or position(lower(:fault) in lower(coalesce(fault, ''))) > 0)""";

    private static final String SURE =
            "(fault is null or fault not like 'unsure%' or position('unsure' in lower(coalesce(:fault, ''))) > 0)";

    private final Jdbi jdbi;
    private final InstantSource clock;

    ReturnEntries(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Counts the selected entries. */
    public Found count(Selection selection) {
        var sql =
                "select state, count(*) filter (where %s) as sure, count(*) as all_of_them from entry where %s group by state"
                        .formatted(SURE, SELECTED);
        var entries = new EnumMap<EntryState, Integer>(EntryState.class);
        var unsure = jdbi.withHandle(handle -> handle.createQuery(sql)
                .bindArray("states", String.class, names(selection))
                .bind("agent", selection.agent())
                .bind("since", selection.since())
                .bind("fault", selection.fault())
                .reduceRows(0, (sum, row) -> {
                    var sure = row.getColumn("sure", Integer.class);
                    if (sure > 0) {
                        entries.put(EntryState.valueOf(row.getColumn("state", String.class)), sure);
                    }
                    return sum + row.getColumn("all_of_them", Integer.class) - sure;
                }));
        return new Found(entries, unsure);
    }

    /**
     * Returns the selected entries.
     *
     * @param mode of the agent: only in live mode, outputs are delivered without an approval
     * @return how many
     */
    public int retry(Selection selection, Mode mode) {
        return jdbi.withHandle(handle -> handle.createQuery(returning(SELECTED + " and " + SURE))
                .bindArray("states", String.class, names(selection))
                .bind("agent", selection.agent())
                .bind("since", selection.since())
                .bind("fault", selection.fault())
                .bind("undelivered", undelivered(mode))
                .bind("approved", false)
                .bind("now", clock.instant())
                .mapTo(Integer.class)
                .one());
    }

    /** Returns one entry, also an unsure one; false if its state does not allow it. */
    boolean retry(UUID id, Mode mode) {
        return one(id, "('POISONED', 'UNDELIVERABLE', 'REJECTED')", undelivered(mode), false);
    }

    /** Delivers one entry again, with the approval of the person who asks for it. */
    boolean redeliver(UUID id) {
        return one(id, "('UNDELIVERABLE', 'EXPIRED')", EntryState.PENDING.name(), true);
    }

    private boolean one(UUID id, String states, String undelivered, boolean approved) {
        var chosen = "id = :id and item is not null and state in " + states;
        return jdbi.withHandle(handle -> handle.createQuery(returning(chosen))
                        .bind("id", id)
                        .bind("undelivered", undelivered)
                        .bind("approved", approved)
                        .bind("now", clock.instant())
                        .mapTo(Integer.class)
                        .one())
                == 1;
    }

    private static String undelivered(Mode mode) {
        return (mode == Mode.LIVE ? EntryState.PENDING : EntryState.HELD).name();
    }

    private static Object[] names(Selection selection) {
        return selection.states().stream().map(EntryState::name).toArray();
    }

    private static String returning(String condition) {
        return """
                with chosen as (
                    select id, state, fault, attempts from entry where %s for update
                ), kept as (
                    insert into entry_return (entry_id, at, state, fault, attempts)
                    select id, :now, state, fault, attempts from chosen
                ), returned as (
                    update entry set
                        state = case when chosen.state in ('POISONED', 'REJECTED') then 'ADMITTED' else :undelivered end,
                        fault = null, attempts = 0, starts = 0, deferred = false, flood_run = null, approved_decision = null,
                        hold_reason = case when chosen.state = 'UNDELIVERABLE' and :undelivered = 'HELD' then 'REVIEW' end,
                        earlier_deliveries = delivery_attempts, set_aside_at = null,
                        returned_at = :now, next_delivery_at = :now,
                        approved_at = case when :approved then :now::timestamptz end
                    from chosen where entry.id = chosen.id
                    returning entry.id
                )
                select count(*) from returned""".formatted(condition);
    }
}
