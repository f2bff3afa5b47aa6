package dev.drydock.judge.eval;

import dev.drydock.concurrent.GracefulShutdown;
import dev.drydock.database.Database;
import dev.drydock.journal.EvalJournal;
import dev.drydock.journal.EvalRun;
import dev.drydock.journal.EvalRun.Figures;
import dev.drydock.journal.Json;
import dev.drydock.judge.eval.EvalCase.CaseSet;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Keeps the results of evals that asked the model, for the scorecard and the next comparison. */
@Singleton
public class StoreEval {

    private static final Logger LOG = Logger.getLogger(StoreEval.class);

    /** An eval that has not ended after this time belonged to a process that died. */
    private static final Duration LONGEST = Duration.ofHours(2);

    /** So long after an outage, the eval is tried again. */
    static final Duration PAUSE = Duration.ofMinutes(15);

    /** An eval that is due, and runs in this process only. */
    record Claim(UUID id, String agent, Instant dueAt, Instant startedAt) {}

    private final EvalJournal journal;
    private final Json json;
    private final GracefulShutdown shutdown;
    private final InstantSource clock;

    StoreEval(EvalJournal journal, Json json, GracefulShutdown shutdown, InstantSource clock) {
        this.journal = journal;
        this.json = json;
        this.shutdown = shutdown;
        this.clock = clock;
    }

    /**
     * Empty if another process has it, or if it is measured.
     *
     * @param first whether it may begin now; if not, it may only be tried again after an outage
     */
    Optional<Claim> claim(String agent, Instant dueAt, boolean first) {
        var now = clock.instant();
        return journal.claim(agent, dueAt, now, first, LONGEST, PAUSE).map(id -> new Claim(id, agent, dueAt, now));
    }

    /** Nothing measured because the process is stopping is no result: another process claims the eval. */
    void end(Claim claim, EvalReport report) {
        if (report.result() == null && shutdown.stopping()) {
            release(claim);
        } else {
            store(claim.id(), claim.dueAt(), null, claim.startedAt(), report);
        }
    }

    void release(Claim claim) {
        journal.release(claim.id());
    }

    /** Stores what a person asked for, as far as the database permits: the report is printed in any case. */
    public void asked(EvalReport report, @Nullable CaseSet set, Instant startedAt) {
        try {
            store(Database.newId(), null, set, startedAt, report);
        } catch (RuntimeException e) {
            LOG.warnf(
                    e, "The result of the eval of %s could not be stored; the scorecard will lack it", report.agent());
        }
    }

    /** The latest result of all cases; empty if there is none. */
    Optional<EvalResult> last(String agent) {
        return journal.lastMeasured(agent, null, clock.instant())
                .map(EvalRun::figures)
                .map(figures -> json.read(figures.result(), EvalResult.class));
    }

    private void store(UUID id, @Nullable Instant dueAt, @Nullable CaseSet set, Instant startedAt, EvalReport report) {
        journal.end(new EvalRun(
                id,
                report.agent(),
                dueAt,
                set == null ? null : set.name(),
                startedAt,
                clock.instant(),
                report.verdict().name(),
                report.sentence(),
                report.result() == null ? null : figures(report.result())));
    }

    private Figures figures(EvalResult result) {
        var figures = result.figures();
        return new Figures(
                figures.accuracy().of(),
                figures.accuracy().count(),
                figures.dangerous().count(),
                figures.costUsd(),
                json.write(result));
    }
}
