package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Runs for the page's list, newest first. A page of it is read by an index, however many runs there are. */
@Singleton
public class RunList {

    /**
     * Which runs; a null takes all.
     *
     * @param from the begin of a day
     * @param to its end
     * @param before the id of the last run of the page before
     */
    public record Filter(
            @Nullable String agent,
            @Nullable RunOutcome outcome,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable UUID before) {}

    private final Jdbi jdbi;

    RunList(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public List<Run> page(Filter filter, int limit) {
        var conditions = new ArrayList<String>(List.of("true"));
        if (filter.agent() != null) {
            conditions.add("agent = :agent");
        }
        if (filter.outcome() != null) {
            conditions.add("outcome = :outcome");
        }
        if (filter.from() != null && filter.to() != null) {
            conditions.add("started_at >= :from and started_at < :to");
        }
        if (filter.before() != null) {
            conditions.add("id < :before");
        }
        return jdbi.withHandle(handle -> handle.createQuery("select * from run where %s order by id desc limit :limit"
                        .formatted(String.join(" and ", conditions)))
                .bind("agent", filter.agent())
                .bind(
                        "outcome",
                        filter.outcome() == null ? null : filter.outcome().name())
                .bind("from", filter.from())
                .bind("to", filter.to())
                .bind("before", filter.before())
                .bind("limit", limit)
                .map((row, context) -> Run.read(row))
                .list());
    }

    /** An agent's latest runs. */
    public List<Run> latest(String agent, int limit) {
        return page(new Filter(agent, null, null, null, null), limit);
    }

    /** The names of all agents that have run, found by as many steps in the index as there are agents. */
    public List<String> agents() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                with recursive name(agent) as (
                    select min(agent) from run
                    union all
                    select (select min(run.agent) from run where run.agent > name.agent) from name where agent is not null
                )
                select agent from name where agent is not null""").mapTo(String.class).list());
    }
}
