package dev.drydock.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.NoteAgent.Verdict;
import dev.drydock.agent.Mode;
import dev.drydock.journal.Entry;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.SkipReason;
import dev.langchain4j.exception.InternalServerException;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Cycles that cannot do their work, and the ones after them that make up for it. */
@QuarkusTest
class SkippedCycleTest {

    @Inject
    AgentRunner runner;

    @Inject
    JournalQueries journal;

    @Inject
    MovableClock clock;

    @Inject
    Jdbi jdbi;

    @Inject
    CircuitBreakerMaintenance circuits;

    @Test
    void blames_no_entry_for_a_model_that_is_down() {
        var agent = new NoteAgent("a", "b");
        agent.decide = note -> {
            throw new InternalServerException("503");
        };
        for (int cycle = 0; cycle < 4; cycle++) {
            var end = runner.run(agent.in(Mode.SHADOW));
            assertThat(end.skipReason()).isEqualTo(SkipReason.MODEL_DOWN);
        }
        assertThat(entries(agent))
                .allSatisfy(entry -> assertThat(entry.attempts()).isZero());

        closeCircuit();
        agent.decide = note -> new Verdict("fine");

        assertThat(runner.run(agent.in(Mode.SHADOW)).counts().decided()).isEqualTo(2);
    }

    @Test
    void skips_the_cycle_when_the_source_is_down_and_covers_the_gap_later() {
        var agent = new NoteAgent("a");
        runner.run(agent.in(Mode.SHADOW));
        var firstEnd = agent.windows.get(0).to();
        agent.fetch = window -> {
            throw new IOException("connection refused");
        };
        clock.advance(Duration.ofHours(1));
        var down = runner.run(agent.in(Mode.SHADOW));
        closeCircuit();
        agent.fetch = window -> agent.notes;
        clock.advance(Duration.ofHours(1));

        runner.run(agent.in(Mode.SHADOW));

        assertThat(down.outcome()).isEqualTo(RunOutcome.SKIPPED);
        assertThat(down.skipReason()).isEqualTo(SkipReason.SOURCE_DOWN);
        var last = agent.windows.get(agent.windows.size() - 1);
        assertThat(last.from()).isBeforeOrEqualTo(firstEnd.minus(Duration.ofMinutes(9)));
        assertThat(last.first()).isFalse();
    }

    @Test
    void leaves_a_dead_source_alone_and_stops_no_other_agent() {
        var dead = new NoteAgent();
        dead.fetch = window -> {
            throw new IOException("connection refused");
        };
        for (int cycle = 0; cycle < 10; cycle++) {
            runner.run(dead.in(Mode.SHADOW));
        }
        var asked = dead.windows.size();

        var left = runner.run(dead.in(Mode.SHADOW));
        var other = runner.run(new NoteAgent("a").in(Mode.SHADOW));

        assertThat(asked).isEqualTo(12);
        assertThat(dead.windows).hasSize(12);
        assertThat(left.skipReason()).isEqualTo(SkipReason.SOURCE_DOWN);
        assertThat(other.outcome()).isEqualTo(RunOutcome.COMPLETED);
    }

    @Test
    void skips_a_cycle_while_the_one_before_still_runs() throws Exception {
        var agent = new NoteAgent("a");
        var fetching = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        agent.fetch = window -> {
            fetching.countDown();
            goOn.await();
            return agent.notes;
        };
        var thread = Executors.newSingleThreadExecutor();
        var slow = thread.submit(() -> runner.run(agent.in(Mode.SHADOW)));
        fetching.await();

        var overlapping = runner.run(agent.in(Mode.SHADOW));
        goOn.countDown();

        assertThat(overlapping.skipReason()).isEqualTo(SkipReason.ALREADY_RUNNING);
        assertThat(slow.get().outcome()).isEqualTo(RunOutcome.COMPLETED);
        thread.shutdown();
    }

    private void closeCircuit() {
        circuits.resetAll();
    }

    private List<Entry> entries(NoteAgent agent) {
        return journal.entries(agent.spec().name(), null, 1000);
    }
}
