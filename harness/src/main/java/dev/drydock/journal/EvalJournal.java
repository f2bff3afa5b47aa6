package dev.drydock.journal;

import dev.drydock.database.Database;
import dev.drydock.database.RetryConflicts;
import dev.drydock.journal.EvalRun.Figures;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Results of evals that asked the model. */
@Singleton
@RetryConflicts
public class EvalJournal {

    private final Jdbi jdbi;

    EvalJournal(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Claims an eval that is due. Of several processes, one gets it. It may be claimed again if it has not ended after
     * {@code longest}, because its process died, or if the model server was unavailable until {@code pause} ago.
     *
     * @param first whether it may be claimed if nobody has claimed it yet
     * @return the id to end it with; empty if another process has it, or if it is measured
     */
    public Optional<UUID> claim(
            String agent, Instant dueAt, Instant now, boolean first, Duration longest, Duration pause) {
        var id = Database.newId();
        return jdbi.withHandle(handle -> handle.createUpdate("""
                insert into eval_run (id, agent, due_at, started_at, outcome)
                select :id, :agent, :dueAt, :now, 'RUNNING'
                where :first or exists (select from eval_run where agent = :agent and due_at = :dueAt)
                on conflict (agent, due_at) do update set id = :id, started_at = :now, ended_at = null, outcome = 'RUNNING'
                    where (eval_run.ended_at is null and eval_run.started_at < :dead)
                        or (eval_run.outcome = 'MODEL_FAILED' and eval_run.ended_at < :pause)""")
                                .bind("id", id)
                                .bind("agent", agent)
                                .bind("dueAt", dueAt)
                                .bind("now", now)
                                .bind("first", first)
                                .bind("dead", now.minus(longest))
                                .bind("pause", now.minus(pause))
                                .execute()
                        == 1
                ? Optional.of(id)
                : Optional.empty());
    }

    /** Lets another process claim an eval that this one does not end. */
    public void release(UUID id) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from eval_run where id = :id and ended_at is null")
                .bind("id", id)
                .execute());
    }

    /** Stores the result of an eval that was claimed, or that a person started; nothing if another process claimed it since. */
    public void end(EvalRun run) {
        var figures = Optional.ofNullable(run.figures());
        jdbi.useHandle(handle -> handle.createUpdate("""
                insert into eval_run (id, agent, due_at, case_set, started_at, ended_at, outcome, sentence,
                    cases, correct, dangerous, cost_usd, result)
                values (:id, :agent, :dueAt, :set, :startedAt, :endedAt, :outcome, :sentence,
                    :cases, :correct, :dangerous, :cost, :result::json)
                on conflict (agent, due_at) do update set ended_at = excluded.ended_at, outcome = excluded.outcome,
                    sentence = excluded.sentence, cases = excluded.cases, correct = excluded.correct,
                    dangerous = excluded.dangerous, cost_usd = excluded.cost_usd, result = excluded.result
                    where eval_run.id = excluded.id""")
                .bind("id", run.id())
                .bind("agent", run.agent())
                .bind("dueAt", run.dueAt())
                .bind("set", run.set())
                .bind("startedAt", run.startedAt())
                .bind("endedAt", run.endedAt())
                .bind("outcome", run.outcome())
                .bind("sentence", Json.storable(run.sentence()))
                .bind("cases", figures.map(Figures::cases).orElse(null))
                .bind("correct", figures.map(Figures::correct).orElse(null))
                .bind("dangerous", figures.map(Figures::dangerous).orElse(null))
                .bind("cost", figures.map(Figures::costUsd).orElse(null))
                .bind("result", figures.map(Figures::result).orElse(null))
                .execute());
    }

    /** The latest that measured all cases and ended from the one time (inclusive) to the other (exclusive). */
    public Optional<EvalRun> lastMeasured(String agent, @Nullable Instant from, Instant to) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select * from eval_run
                where agent = :agent and result is not null and case_set is null
                    and ended_at >= coalesce(:from, '-infinity'::timestamptz) and ended_at < :to
                order by ended_at desc limit 1""")
                .bind("agent", agent)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> EvalRun.read(row))
                .findOne());
    }

    /** Those that ended, the latest first. */
    public List<EvalRun> recent(String agent, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select * from eval_run where agent = :agent and ended_at is not null order by ended_at desc limit :limit""")
                .bind("agent", agent)
                .bind("limit", limit)
                .map((row, context) -> EvalRun.read(row))
                .list());
    }
}
