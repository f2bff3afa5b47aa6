package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged program, killed in one cycle after the other. */
@Tag("chaos")
@Tag("slow")
class CrashLoopIT {

    private static final int CRASHES = 3;

    private TestEnvironment surroundings;

    @BeforeEach
    void open() {
        surroundings = new TestEnvironment();
    }

    @AfterEach
    void close() throws Exception {
        surroundings.close();
    }

    @Test
    void waits_a_little_after_three_crashes_and_says_so() throws Exception {
        surroundings.model().delay(Duration.ofMinutes(1));
        surroundings.put("poison.eml", "Subject: poison\n\nKills whoever reads it.");
        var settings = surroundings.live();
        settings.put("drydock.run-lease", "2s");
        for (int crash = 1; crash <= CRASHES; crash++) {
            var expected = crash;
            try (var program = Program.start(settings)) {
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> surroundings.model().requests() >= expected);
                program.kill();
            }
        }
        surroundings.model().delay(Duration.ZERO);

        try (var program = Program.start(settings)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> program.log().contains("has crashed 3 times"));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> surroundings.count("run where skip_reason = 'CRASH_LOOPING'") > 0);
        }
        assertThat(surroundings.count("run where outcome = 'CRASHED'")).isEqualTo(CRASHES);
        assertThat(surroundings.model().requests()).isEqualTo(CRASHES);
    }
}
