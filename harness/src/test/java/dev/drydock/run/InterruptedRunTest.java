package dev.drydock.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.agent.Mode;
import dev.drydock.alert.SentAlerts;
import dev.drydock.concurrent.HeldThreads;
import dev.drydock.concurrent.Shutdowns;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Delivery;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalFigures;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.OpenRuns;
import dev.drydock.journal.Run;
import dev.drydock.journal.RunHistory;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.RunResult;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.Thread.State;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Cycles whose process is asked to stop: it interrupts their threads when the grace period is over. */
@QuarkusTest
class InterruptedRunTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Inject
    AgentRunner runner;

    @Inject
    OpenRuns opens;

    @Inject
    CrashedRuns crashed;

    @Inject
    ExecuteRun execution;

    @Inject
    StartDueCycles starts;

    @Inject
    ResumeCrashedRuns resume;

    @Inject
    JournalQueries journal;

    @Inject
    RunHistory history;

    @Inject
    JournalFigures figures;

    @Inject
    SentAlerts sent;

    @Test
    void keep_their_figures_and_what_was_decided() throws Exception {
        var agent = stopsAt("b", "a", "b", "c");

        var end = interruptOnceDecided(agent, 2);

        assertThat(end.outcome()).isEqualTo(RunOutcome.INTERRUPTED);
        assertThat(end.counts())
                .hasToString("Counts[fetched=3, admitted=3, duplicates=0, decided=2, failed=0, waiting=0]");
        assertThat(journal.runs(agent.name(), 1)).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(RunOutcome.INTERRUPTED);
            assertThat(run.counts()).isEqualTo(end.counts());
            assertThat(run.fault()).contains("asked to stop");
        });
        assertThat(journal.entries(agent.name(), EntryState.ADMITTED, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.attempts()).isZero());
    }

    @Test
    void are_waited_for_though_their_thread_is_yet_to_begin() throws Exception {
        var agent = new NoteAgent("a").in(Mode.SHADOW);
        var shutdown = Shutdowns.within(Duration.ofMinutes(2));
        var begun = new FutureTask<>(() -> {
            shutdown.end();
            return null;
        });
        var threads = new HeldThreads();
        var late = new AgentRunner(opens, crashed, execution, threads, shutdown);

        var run = late.start(agent).orElseThrow();
        var stopping = new Thread(begun);
        stopping.start();
        await().atMost(LONG).until(() -> stopping.getState() == State.TIMED_WAITING || !stopping.isAlive());

        assertThat(begun).as("the shutdown").isNotDone();
        threads.begin();
        begun.get();
        assertThat(journal.run(run).orElseThrow().outcome()).isNotEqualTo(RunOutcome.RUNNING);
        assertThat(late.start(agent)).as("a run once the process stops").isEmpty();
        assertThat(journal.runs(agent.name(), 10)).hasSize(1);
    }

    @Test
    void count_neither_as_failed_nor_as_completed() throws Exception {
        var agent = stopsAt("b", "a", "b");

        interruptOnceDecided(agent, 1);

        assertThat(history.failuresSince(agent.name(), Instant.EPOCH)).isEqualTo(new RunHistory.Share(0, 0));
        assertThat(history.latest(agent.name(), 10)).isEmpty();
        assertThat(figures.lastCompleted()).doesNotContainKey(agent.name());
        assertThat(figures.usualDuration(agent.name())).isEmpty();
        assertThat(sent.of("error-rate", agent)).isEmpty();
    }

    @Test
    void keep_the_figures_of_what_was_fetched_if_the_delivery_is_interrupted() throws Exception {
        var notes = new NoteAgent("a", "b");
        notes.deliver = note -> {
            new CountDownLatch(1).await();
            throw new IllegalStateException("not reached");
        };
        var agent = notes.in(Mode.LIVE);

        var end = interrupt(agent, () -> notes.delivered.size() == 1);

        assertThat(end.outcome()).isEqualTo(RunOutcome.INTERRUPTED);
        assertThat(end.counts())
                .hasToString("Counts[fetched=2, admitted=2, duplicates=0, decided=2, failed=0, waiting=0]");
        assertThat(journal.entries(agent.name(), EntryState.PENDING, 10))
                .hasSize(2)
                .flatExtracting(entry -> journal.deliveriesOf(entry.id()))
                .extracting(Delivery::outcome)
                .containsExactly(Delivery.Outcome.UNSURE);
    }

    @Test
    void are_gone_on_with_by_the_next_start_though_no_cycle_is_due() throws Exception {
        var notes = new NoteAgent("a", "b");
        var agent = notes.in(Mode.SHADOW);
        runner.run(agent);
        assertThat(starts.startMissed(agent)).isFalse();
        notes.notes = new NoteAgent("c", "d").notes;
        notes.decide = note -> note.id().equals("d") ? forEver() : new Verdict("fine");
        interrupt(
                agent,
                () -> journal.entries(agent.name(), EntryState.SHADOWED, 10).size() == 3);
        notes.decide = note -> new Verdict("fine");

        assertThat(starts.startMissed(agent)).isTrue();

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(journal.runs(agent.name(), 10))
                        .extracting(Run::outcome)
                        .containsExactly(RunOutcome.COMPLETED, RunOutcome.INTERRUPTED, RunOutcome.COMPLETED));
        assertThat(journal.entries(agent.name(), EntryState.SHADOWED, 10)).hasSize(4);
        assertThat(starts.startMissed(agent)).isFalse();
    }

    @Test
    void are_gone_on_with_by_a_process_that_runs_already() throws Exception {
        var agent = stopsAt("b", "a", "b");
        interruptOnceDecided(agent, 1);
        ((NoteAgent) agent.agent()).decide = note -> new Verdict("fine");

        resume.check(agent);
        resume.check(agent);

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(journal.runs(agent.name(), 10))
                        .extracting(Run::outcome)
                        .containsExactly(RunOutcome.COMPLETED, RunOutcome.INTERRUPTED));
    }

    private static RegisteredAgent<?, ?> stopsAt(String slow, String... ids) {
        var agent = new NoteAgent(ids);
        agent.decide = note -> note.id().equals(slow) ? forEver() : new Verdict("fine");
        return agent.in(Mode.SHADOW);
    }

    private static Verdict forEver() throws InterruptedException {
        new CountDownLatch(1).await();
        throw new IllegalStateException("not reached");
    }

    private RunResult interruptOnceDecided(RegisteredAgent<?, ?> agent, int decided) throws Exception {
        return interrupt(
                agent,
                () -> journal.entries(agent.name(), EntryState.SHADOWED, 10).size() == decided);
    }

    private RunResult interrupt(RegisteredAgent<?, ?> agent, Callable<Boolean> when) throws Exception {
        var cycle = new FutureTask<>(() -> runner.run(agent));
        var thread = new Thread(cycle);
        thread.start();
        await().atMost(LONG).until(when);
        thread.interrupt();
        return cycle.get();
    }
}
