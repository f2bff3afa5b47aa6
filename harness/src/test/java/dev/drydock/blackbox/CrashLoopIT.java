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

    private TestEnvironment environment;

    @BeforeEach
    void open() {
        environment = TestEnvironment.withOwnServer();
    }

    @AfterEach
    void close() throws Exception {
        environment.close();
    }

    @Test
    void waits_a_little_after_three_crashes_and_says_so() throws Exception {
        environment.model().delay(Duration.ofMinutes(1));
        environment.put("poison.eml", "Subject: poison\n\nKills whoever reads it.");
        var settings = environment.live();
        settings.put("drydock.run-lease", "2s");
        for (int crash = 1; crash <= CRASHES; crash++) {
            var expected = crash;
            try (var program = Program.start(settings)) {
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> environment.model().requests() >= expected);
                program.kill();
            }
        }
        environment.model().delay(Duration.ZERO);

        try (var program = Program.start(settings)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> program.log().contains("is in a crash loop: 3 crashes"));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> environment.count("run where skip_reason = 'CRASH_LOOPING'") > 0);
        }
        assertThat(environment.count("run where outcome = 'CRASHED'")).isEqualTo(CRASHES);
        assertThat(environment.model().requests()).isEqualTo(CRASHES);
    }
}
