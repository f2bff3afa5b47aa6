package dev.drydock.journal;

import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What candidates decided about entries, beside the decisions that count. */
@Singleton
@RetryConflicts
public class CandidateDecisions {

    /**
     * What a candidate decided.
     *
     * @param decision JSON, with secrets masked; null if it failed
     * @param fault null if it decided
     * @param same whether it is the decision that counts
     * @param dangerous whether the agent's spec calls it dangerous, if the decision that counts is right
     * @param usd null where a price is not known
     */
    public record Decided(
            @Nullable String decision,
            @Nullable String label,
            @Nullable String fault,
            boolean same,
            boolean dangerous,
            @Nullable BigDecimal usd) {}

    /**
     * An entry with both decisions.
     *
     * @param label of the decision that counts
     * @param usd what the calls for the decision that counts cost; null where that is not known or not kept
     */
    public record Compared(
            UUID entryId, String label, @Nullable BigDecimal usd, Decided candidate) {}

    private final Jdbi jdbi;

    CandidateDecisions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Claims entries that a model decided since and that the candidate has not, the oldest first. Each is claimed once, by one process. */
    public List<UUID> claim(String agent, String candidate, Instant since, Instant now, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                insert into candidate_decision (entry_id, candidate, claimed_at)
                select id, :candidate, :now from entry
                where agent = :agent and decided_at >= :since and decided_by = 'MODEL' and item is not null
                    and not exists (select from candidate_decision
                        where entry_id = entry.id and candidate_decision.candidate = :candidate)
                order by id limit :most
                on conflict do nothing returning entry_id""")
                .bind("agent", agent)
                .bind("candidate", candidate)
                .bind("since", since)
                .bind("now", now)
                .bind("most", most)
                .mapTo(UUID.class)
                .list());
    }

    /** Lets an entry be claimed again that could not be decided. */
    public void release(UUID entryId, String candidate) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                delete from candidate_decision where entry_id = :entry and candidate = :candidate and decided_at is null""")
                .bind("entry", entryId)
                .bind("candidate", candidate)
                .execute());
    }

    public void store(UUID entryId, String candidate, Instant now, Decided decided) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                update candidate_decision set decided_at = :now, decision = :decision::json, label = :label, fault = :fault,
                    same = :same, dangerous = :dangerous, cost_usd = :usd
                where entry_id = :entry and candidate = :candidate""")
                .bind("entry", entryId)
                .bind("candidate", candidate)
                .bind("now", now)
                .bind("decision", decided.decision())
                .bind("label", decided.label() == null ? null : Json.storable(decided.label()))
                .bind("fault", decided.fault() == null ? null : Json.storable(decided.fault()))
                .bind("same", decided.same())
                .bind("dangerous", decided.dangerous())
                .bind("usd", decided.usd())
                .execute());
    }

    /** What the candidate decided since, or failed to decide; the latest last, without the decisions themselves. */
    public List<Compared> latest(String agent, String candidate, Instant since, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select * from (
                    select entry_id, coalesce(original_label, entry.label) as live, mine.label, mine.fault, same, dangerous, cost_usd,
                        mine.decided_at, (select case when count(*) = count(cost_usd) then sum(cost_usd) end
                            from model_call where model_call.entry_id = entry.id) as live_usd
                    from candidate_decision mine join entry on entry.id = entry_id
                    where candidate = :candidate and agent = :agent and mine.decided_at >= :since and entry.label is not null
                    order by mine.decided_at desc limit :most
                ) latest order by decided_at""")
                .bind("agent", agent)
                .bind("candidate", candidate)
                .bind("since", since)
                .bind("most", most)
                .map((row, context) -> new Compared(
                        row.getObject("entry_id", UUID.class),
                        row.getString("live"),
                        row.getBigDecimal("live_usd"),
                        new Decided(
                                null,
                                row.getString("label"),
                                row.getString("fault"),
                                row.getBoolean("same"),
                                row.getBoolean("dangerous"),
                                row.getBigDecimal("cost_usd"))))
                .list());
    }
}
