package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What people said of single outputs, the last word of each: an approval, a rejection, a thumb, a correction, or what they did
 * themselves. The approval of a whole run says nothing about one output.
 */
@Singleton
public class JudgedOutputs {

    /**
     * An output that was judged.
     *
     * @param label what the agent decided
     * @param right what a person says; null if they only say that the label is wrong, or right
     * @param dangerous whether the mistake is dangerous, by the agent's spec
     * @param asked the prompts and models that decided it; empty for a rule, and where that is not known
     */
    public record Judged(
            UUID entryId,
            String label,
            @Nullable String right,
            boolean agreed,
            boolean dangerous,
            Instant decidedAt,
            Instant judgedAt,
            List<Asked> asked) {}

    private final Jdbi jdbi;

    JudgedOutputs(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * The latest, in the order in which they were judged. Nothing is judged before it is decided, so that the judgements since then
     * are enough; {@code offset 0} has each entry read by its key, where a join would read the whole table.
     */
    public List<Judged> latest(String agent, Instant decidedSince, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select * from (
                    select * from (
                        select distinct on (id) id, label, correct, agreed, dangerous, decided_at, at, asked
                        from (
                            select id, coalesce(original_label, label) as label, null as correct,
                                coalesce(original_label = label, true) as agreed, false as dangerous, decided_at,
                                approved_at as at, asked
                            from entry where agent = :agent and approved_at >= :since and flood_run is null
                            union all
                            select id, coalesce(original_label, label), null, false, false, decided_at, set_aside_at, asked
                            from entry where agent = :agent and state = 'REJECTED' and set_aside_at >= :since and flood_run is null
                            union all
                            select entry.id, coalesce(original_label, label), correct_label,
                                coalesce(correct_label = coalesce(original_label, label), verdict = 'UP'), dangerous,
                                decided_at, given_at, asked
                            from feedback cross join lateral (select * from entry where id = entry_id offset 0) entry
                            where given_at >= :since and agent = :agent and (correct_label is not null or verdict is not null)
                        ) judgement
                        where label is not null and decided_at >= :since
                        order by id, at desc
                    ) output
                    order by at desc limit :limit
                ) latest order by at, id""")
                .bind("agent", agent)
                .bind("since", decidedSince)
                .bind("limit", limit)
                .map((row, context) -> new Judged(
                        row.getObject("id", UUID.class),
                        row.getString("label"),
                        row.getString("correct"),
                        row.getBoolean("agreed"),
                        row.getBoolean("dangerous"),
                        ResultSets.instant(row, "decided_at"),
                        ResultSets.instant(row, "at"),
                        Asked.read(row, "asked")))
                .list());
    }
}
