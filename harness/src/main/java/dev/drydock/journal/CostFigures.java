package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** What model calls cost. */
@Singleton
public class CostFigures {

    /** An entry that a model decided, and what its calls cost. */
    public record DecidedEntry(String item, String label, BigDecimal usd) {}

    private final Jdbi jdbi;
    private final DayFigures days;

    CostFigures(Jdbi jdbi, DayFigures days) {
        this.jdbi = jdbi;
        this.days = days;
    }

    /** What the calls of all agents cost, from the first day until now. */
    public Spend spend(LocalDate first) {
        var spend = new HashMap<String, Collection<CallDay>>();
        days.calls(agents(days.start(first)), first).forEach((agent, calls) -> spend.put(agent, calls.values()));
        return Spend.of(spend);
    }

    /** All that have asked a model since then; found one after the other, for reading all calls takes seconds. */
    private List<String> agents(Instant since) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                with recursive caller as (
                    (select agent from model_call where agent is not null order by agent limit 1)
                    union all
                    select (select agent from model_call where agent > caller.agent order by agent limit 1)
                    from caller where caller.agent is not null
                )
                select agent from caller where agent is not null
                    and exists (select from model_call where agent = caller.agent and called_at >= :since)""").bind("since", since).mapTo(String.class).list());
    }

    /** By agent, the start of its first run since then. */
    public Map<String, Instant> firstRuns(Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select agent, min(started_at) as at from run where started_at >= :since group by agent")
                .bind("since", since)
                .map((row, context) -> Map.entry(row.getString("agent"), ResultSets.instant(row, "at")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** The agent's latest entries that a model decided, as far as their items are kept; one at a time, the newest first. */
    public void decidedByModel(String agent, Instant since, int limit, Consumer<DecidedEntry> reader) {
        jdbi.useTransaction(handle -> handle.createQuery("""
                select item, label, (select coalesce(sum(cost_usd), 0) from model_call where entry_id = entry.id) as usd
                from entry
                where agent = :agent and decided_at >= :since and decided_by = 'MODEL' and label is not null
                    and item is not null
                order by decided_at desc limit :limit""")
                .bind("agent", agent)
                .bind("since", since)
                .bind("limit", limit)
                .setFetchSize(50)
                .map((row, context) ->
                        new DecidedEntry(row.getString("item"), row.getString("label"), row.getBigDecimal("usd")))
                .useStream(entries -> entries.forEach(reader)));
    }
}
