package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged program, asked to stop in the middle of its work. */
@Tag("chaos")
class ShutdownIT {

    private static final int MESSAGES = 20;

    private TestEnvironment environment;

    @BeforeEach
    void write_messages() throws Exception {
        environment = new TestEnvironment();
        for (int number = 0; number < MESSAGES; number++) {
            environment.put(number + ".txt", "The export fails for customer " + number + ".");
        }
    }

    @AfterEach
    void close() throws Exception {
        environment.close();
    }

    @Test
    void lets_calls_in_flight_end_and_leaves_the_rest_to_the_next_start() throws Exception {
        environment.model().delay(Duration.ofSeconds(5));
        var stopped = stopAmid(settings());

        assertThat(stopped.exitCode()).isZero();
        assertThat(stopped.err()).contains("ended: INTERRUPTED").doesNotContain("it is interrupted");
        assertThat(environment.model().requests()).isEqualTo(4);

        finishAndExpectEachOnce();
    }

    @Test
    void interrupts_what_does_not_end_in_time() throws Exception {
        environment.model().delay(Duration.ofMinutes(1));
        var settings = settings();
        settings.put("drydock.shutdown-grace", "1s");
        var stopped = stopAmid(settings);

        assertThat(stopped.exitCode()).isZero();
        assertThat(stopped.err()).contains("it is interrupted");

        finishAndExpectEachOnce();
    }

    private Program.Ended stopAmid(Map<String, String> settings) throws Exception {
        try (var program = Program.start(settings)) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> environment.model().requests() >= 4);
            return program.terminate();
        }
    }

    /** A second process takes up at once what the first gave back. */
    private void finishAndExpectEachOnce() throws Exception {
        environment.model().delay(Duration.ZERO);
        var next = Program.run(settings(), "run", "triage");
        assertThat(next.exitCode()).as(next.err()).isZero();
        assertThat(environment.delivered()).isEqualTo(MESSAGES);
    }

    private Map<String, String> settings() {
        var settings = environment.settings();
        settings.put("drydock.mode", "live");
        settings.put("drydock.schedule", "every 1s");
        settings.put("drydock.concurrency", "4");
        settings.put("PORT", "0");
        return settings;
    }
}
