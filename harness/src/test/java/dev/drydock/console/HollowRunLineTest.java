package dev.drydock.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.Mode;
import dev.drydock.journal.Run;
import dev.drydock.journal.Run.Counts;
import dev.drydock.journal.RunOutcome;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HollowRunLineTest {

    @Test
    void names_the_broken_expectation_and_the_exit_code_tells_it_from_a_good_run() {
        var now = Instant.EPOCH;
        var run = new Run(
                new UUID(0, 1),
                "triage",
                Mode.LIVE,
                RunOutcome.HOLLOW,
                null,
                "expected 20 to 500 items, got 3",
                null,
                now,
                now,
                new Counts(3, 3, 0, 3, 0, 0),
                0,
                0,
                0,
                null,
                null);

        assertThat(RunView.of(run).line())
                .isEqualTo(
                        "HOLLOW, expected 20 to 500 items, got 3: 3 fetched, 3 admitted, 3 decided, 0 delivered, 0 failed"
                                + " (run 00000000-0000-0000-0000-000000000001)");
        assertThat(ProcessExit.of(run.outcome())).isEqualTo(3);
    }
}
