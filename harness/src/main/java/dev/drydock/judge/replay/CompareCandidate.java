package dev.drydock.judge.replay;

import dev.drydock.agent.Item;
import dev.drydock.concurrent.GracefulShutdown;
import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.concurrent.Threads;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.config.ShadowCandidate;
import dev.drydock.journal.CandidateDecisions;
import dev.drydock.journal.OpenRuns;
import dev.drydock.journal.RecordedEntries;
import dev.drydock.journal.RecordedEntries.RecordedEntry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Has an agent's candidate decide the entries of its last cycles between two cycles, and stores what it decided apart. Nothing of
 * it is delivered, no tool with side effects is called, and no entry changes. It ends when a cycle of the agent begins, when the budget
 * is spent or when the model is unavailable, and goes on later.
 */
@Singleton
public class CompareCandidate {

    private static final Logger LOG = Logger.getLogger(CompareCandidate.class);

    /** Older entries are not decided any more. */
    private static final Duration LOOK_BACK = Duration.ofDays(1);

    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final int MOST_AT_A_TIME = 4;
    private static final int PAGE = 2 * MOST_AT_A_TIME;

    /** Why the candidate of an agent pauses. */
    private record Pause(Instant until, String why) {}

    private final CandidateDecisions decisions;
    private final DecideBeside beside;
    private final RecordedEntries records;
    private final OpenRuns runs;
    private final InstantSource clock;
    private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

    @Inject
    Threads threads;

    @Inject
    GracefulShutdown shutdown;

    CompareCandidate(
            CandidateDecisions decisions,
            DecideBeside beside,
            RecordedEntries records,
            OpenRuns runs,
            InstantSource clock) {
        this.decisions = decisions;
        this.beside = beside;
        this.records = records;
        this.runs = runs;
        this.clock = clock;
    }

    /** Called once, by {@code serve}. */
    public void start(Collection<RegisteredAgent<?, ?>> agents, PeriodicTasks tasks) {
        for (var agent : agents) {
            var candidate = agent.settings().candidate();
            if (candidate.exists()) {
                LOG.infof(
                        "Candidate of %s decides beside it (%s), for at most %s USD a day; nothing of it is delivered",
                        agent.name(), words(candidate), candidate.budgetUsd().toPlainString());
                tasks.every(Duration.ofMinutes(1), "candidate of " + agent.name(), () -> run(agent));
            }
        }
    }

    private static String words(ShadowCandidate candidate) {
        var prompt = candidate.prompt().map(file -> "prompt " + file).orElse("");
        var model = candidate.model().map(name -> "model " + name).orElse("");
        return prompt.isEmpty() || model.isEmpty() ? prompt + model : prompt + ", " + model;
    }

    /** Decides what there is to decide, as far as that is possible now. Does nothing for an agent without a candidate. */
    public void run(RegisteredAgent<?, ?> agent) {
        var pause = pauses.get(agent.name());
        if (!agent.settings().candidate().exists()
                || (pause != null && clock.instant().isBefore(pause.until()))) {
            return;
        }
        try (var pass = shutdown.enter()) {
            while (!shutdown.stopping() && !runs.overlaps(agent.name(), null)) {
                var why = new AtomicReference<@Nullable String>();
                if (!decideSome(agent, why)) {
                    pauses.remove(agent.name());
                    return;
                }
                if (why.get() != null) {
                    pause(agent.name(), String.valueOf(why.get()), pause);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause(String agent, String why, @Nullable Pause before) {
        pauses.put(agent, new Pause(clock.instant().plus(PAUSE), why));
        if (before == null || !before.why().equals(why)) {
            LOG.infof("Candidate of %s pauses, and goes on as soon as it can: %s", agent, why);
        }
    }

    /** Whether there was something to decide. */
    private boolean decideSome(RegisteredAgent<?, ?> agent, AtomicReference<@Nullable String> why)
            throws InterruptedException {
        var candidate = DecideBeside.id(agent.settings().candidate());
        var now = clock.instant();
        var claimed = decisions.claim(agent.name(), candidate, now.minus(LOOK_BACK), now, PAGE);
        if (claimed.isEmpty()) {
            return false;
        }
        var executor = threads.bounded(Math.min(MOST_AT_A_TIME, agent.settings().concurrency()));
        for (var recorded : records.read(claimed)) {
            executor.run(() -> decide(agent, candidate, recorded, why));
        }
        executor.awaitAll();
        return true;
    }

    private <I extends Item, D> void decide(
            RegisteredAgent<I, D> agent,
            String candidate,
            RecordedEntry recorded,
            AtomicReference<@Nullable String> why) {
        var entry = recorded.entry().id();
        if (why.get() != null) {
            decisions.release(entry, candidate);
            return;
        }
        try {
            var answer = beside.decide(agent, recorded);
            if (answer.pause() == null) {
                decisions.store(entry, candidate, clock.instant(), answer.decided());
            } else {
                why.compareAndSet(null, answer.pause());
                decisions.release(entry, candidate);
            }
        } catch (RuntimeException e) {
            why.compareAndSet(null, "its decision about entry %s could not be stored".formatted(entry));
            LOG.errorf(
                    e, "The decision of the candidate of %s about entry %s could not be stored", agent.name(), entry);
        }
    }
}
