package dev.drydock.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.Run;
import dev.drydock.journal.RunOutcome;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StartDueCyclesTest {

    @Inject
    AgentRunner runner;

    @Inject
    StartDueCycles cycles;

    @Inject
    JournalQueries journal;

    @Inject
    MovableClock clock;

    @Test
    void makes_up_for_a_week_of_missed_mornings_with_one_cycle() {
        var agent = new NoteAgent("a").in(Mode.SHADOW);
        runner.run(agent);
        clock.advance(Duration.ofDays(7));

        assertThat(cycles.startMissed(agent)).isTrue();

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(journal.runs(agent.name(), 10))
                        .extracting(Run::outcome)
                        .containsExactly(RunOutcome.COMPLETED, RunOutcome.COMPLETED));
        assertThat(cycles.startMissed(agent)).isFalse();
    }

    @Test
    void has_nothing_to_make_up_for_when_the_agent_is_new() {
        assertThat(cycles.startMissed(new NoteAgent("a").in(Mode.SHADOW))).isFalse();
    }
}
