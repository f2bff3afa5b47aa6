package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged program with a slow model, deployed again and again in the middle of its runs. */
@Tag("chaos")
@Tag("slow")
class DeploymentIT {

    private static final int DEPLOYMENTS = Integer.getInteger("deployments", 3);
    private static final int MESSAGES = 12 * DEPLOYMENTS;
    private static final int CONCURRENCY = 4;
    private static final Duration LONG = Duration.ofMinutes(2);

    private TestEnvironment environment;

    @BeforeEach
    void write_messages() throws Exception {
        environment = new TestEnvironment();
        environment.model().delay(Duration.ofMillis(1_500));
        for (int number = 0; number < MESSAGES; number++) {
            environment.put(number + ".txt", "The export fails for customer " + number + ".");
        }
    }

    @AfterEach
    void close() throws Exception {
        environment.close();
    }

    @Test
    void decides_each_entry_once_and_blames_no_run() throws Exception {
        for (int deployment = 0; deployment < DEPLOYMENTS; deployment++) {
            var before = environment.model().requests();
            try (var program = Program.start(settings())) {
                await().atMost(LONG).until(() -> environment.model().requests() > before + CONCURRENCY);
                expectQuietEnd(program.terminate());
            }
        }
        environment.model().delay(Duration.ZERO);
        try (var program = Program.start(settings())) {
            await().atMost(LONG).until(() -> environment.count("entry where state = 'SHADOWED'") == MESSAGES);
            await().atMost(LONG).until(() -> environment.count("run where outcome = 'RUNNING'") == 0);
            expectQuietEnd(program.terminate());
        }

        assertThat(environment.model().requests()).isEqualTo(MESSAGES);
        assertThat(environment.count("run where outcome = 'INTERRUPTED' and fetched = " + MESSAGES))
                .isEqualTo(DEPLOYMENTS);
        assertThat(environment.count("run where outcome in ('FAILED', 'CRASHED', 'STUCK')"))
                .isZero();
        assertThat(environment.ask("select sum(decided) from run")).isEqualTo(String.valueOf(MESSAGES));
        assertThat(environment.ask("select string_agg(rule, ' ') from alert")).isNull();
    }

    private static void expectQuietEnd(Program.Ended ended) {
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.err()).doesNotContain("\"level\":\"WARN\"", "\"level\":\"ERROR\"", "Exception");
    }

    private Map<String, String> settings() {
        var settings = environment.settings();
        settings.put("drydock.schedule", "every 1h");
        settings.put("drydock.first-run", "all");
        settings.put("drydock.concurrency", String.valueOf(CONCURRENCY));
        settings.put("PORT", "0");
        return settings;
    }
}
