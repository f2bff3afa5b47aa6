package dev.drydock.journal;

import dev.drydock.agent.Mode;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * An agent's runs, for alert rules. Open runs, runs skipped as ALREADY_RUNNING, and INTERRUPTED ones do not count: another run
 * goes on with those.
 */
@Singleton
public class RunHistory {

    /** How many runs ended in a period, and how many of them failed. */
    public record Share(long runs, long failed) {}

    private final Jdbi jdbi;

    RunHistory(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The latest runs that ended, newest first. */
    public List<Run> latest(String agent, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select * from run
                where agent = :agent and outcome not in ('RUNNING', 'INTERRUPTED')
                    and skip_reason is distinct from 'ALREADY_RUNNING'
                order by seq desc limit :limit""")
                .bind("agent", agent)
                .bind("limit", limit)
                .map((row, context) -> Run.read(row))
                .list());
    }

    /** The latest run that ended for this reason. */
    public Optional<Run> lastWith(String agent, SkipReason reason) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select * from run where agent = :agent and skip_reason = :reason order by seq desc limit 1""")
                .bind("agent", agent)
                .bind("reason", reason.name())
                .map((row, context) -> Run.read(row))
                .findOne());
    }

    /** The latest run that was judged by what its agent expects: its steps were done. */
    public Optional<Run> lastJudged(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select * from run
                where agent = :agent and outcome in ('COMPLETED', 'COMPLETED_WITH_ERRORS', 'HOLLOW')
                order by seq desc limit 1""")
                .bind("agent", agent)
                .map((row, context) -> Run.read(row))
                .findOne());
    }

    /** Items fetched by the latest runs whose steps were done, newest first. */
    public List<Integer> fetched(String agent, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select fetched from run
                where agent = :agent and outcome in ('COMPLETED', 'COMPLETED_WITH_ERRORS', 'HOLLOW')
                order by seq desc limit :limit""")
                .bind("agent", agent)
                .bind("limit", limit)
                .mapTo(Integer.class)
                .list());
    }

    /** FAILED, STUCK and CRASHED runs count as failed. */
    public Share failuresSince(String agent, Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(*) as runs, count(*) filter (where outcome in ('FAILED', 'STUCK', 'CRASHED')) as failed
                from run
                where agent = :agent and finished_at >= :since and outcome <> 'INTERRUPTED'
                    and skip_reason is distinct from 'ALREADY_RUNNING'""")
                .bind("agent", agent)
                .bind("since", since)
                .map((row, context) -> new Share(row.getLong("runs"), row.getLong("failed")))
                .one());
    }

    /** The start of the agent's oldest stored run. */
    public Optional<Instant> firstStart(String agent) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select started_at from run where agent = :agent order by seq limit 1")
                        .bind("agent", agent)
                        .map((row, context) -> ResultSets.instant(row, "started_at"))
                        .findOne());
    }

    /** The mode of the agent's latest run, an INTERRUPTED one, too; empty if only a newer release knows it. */
    public Optional<Mode> lastMode(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select mode from run
                where agent = :agent and outcome <> 'RUNNING' and skip_reason is distinct from 'ALREADY_RUNNING'
                order by seq desc limit 1""")
                .bind("agent", agent)
                .mapTo(String.class)
                .findOne()
                .flatMap(mode -> ResultSets.known(Mode.class, mode)));
    }
}
