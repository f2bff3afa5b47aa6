package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two serving processes that share a database behind a pooler, and few connections. */
@Tag("chaos")
class PoolerIT {

    private static final int ROUNDS = 5;

    private TestEnvironment environment;
    private PgBouncer pooler;

    @BeforeEach
    void start() throws Exception {
        assumeThat(PgBouncer.executable())
                .as("pgbouncer is not installed (apt-get install pgbouncer): nothing was tested behind a pooler")
                .isPresent();
        environment = new TestEnvironment();
        pooler = PgBouncer.before(environment.database().port());
    }

    @AfterEach
    void close() throws Exception {
        if (environment != null) {
            pooler.close();
            environment.close();
        }
    }

    @Test
    void run_their_cycles_deliver_each_message_once_and_stand_in_for_each_other() throws Exception {
        try (var one = Program.start(settings());
                var other = Program.start(settings())) {
            await().atMost(Duration.ofMinutes(2)).until(() -> isServing(one) && isServing(other));
            rounds(1);
            expectNoErrors(one.terminate());
            rounds(2);
            expectNoErrors(other.terminate());
        }
        assertThat(environment.model().requests()).isEqualTo(2 * ROUNDS);
        assertThat(pooler.log()).contains("login attempt").doesNotContain("ERROR", "FATAL");
    }

    private static boolean isServing(Program program) throws Exception {
        return program.log().contains("Listening on");
    }

    /** Messages that come one by one, so that many cycles deliver. */
    private void rounds(int half) throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            environment.put(half + "-" + round + ".txt", "The export fails for customer " + round + ".");
            var delivered = (half - 1) * ROUNDS + round;
            await().atMost(Duration.ofMinutes(2)).until(() -> environment.delivered() == delivered);
        }
    }

    private static void expectNoErrors(Program.Ended ended) {
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.err()).doesNotContain("\"ERROR\"");
    }

    private Map<String, String> settings() {
        var settings = environment.settings();
        settings.put("DATABASE_URL", environment.database().urlOnPort(pooler.port()));
        settings.put("drydock.mode", "live");
        settings.put("drydock.schedule", "every 1s");
        settings.put("drydock.outbox.every", "1s");
        settings.put("PORT", "0");
        return settings;
    }
}
