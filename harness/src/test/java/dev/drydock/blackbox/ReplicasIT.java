package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two packaged programs on one database, one of which fails in the middle of a cycle. */
@Tag("chaos")
@Tag("slow")
class ReplicasIT {

    private static final int MESSAGES = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LEASE = Duration.ofSeconds(6);

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
    void one_takes_over_the_work_of_one_that_was_killed() throws Exception {
        try (var owner = Program.start(settings())) {
            awaitFirstCycle(owner);
            try (var other = Program.start(idle())) {
                await().atMost(PATIENCE).until(() -> other.log().contains("Listening on"));
                interruptCycle();
                owner.kill();
                var killedAt = Instant.now();

                environment.model().delay(Duration.ZERO);
                FaultTable.recovered(
                        "the owner of a cycle is killed, another takes over", environment.model(), MESSAGES);
                assertThat(other.log())
                        .contains("crashed: its lease expired", "a new cycle resumes the run whose process ended");
                assertThat(environment.ask("""
                                select min(started_at) <= timestamptz '%s' + interval '%d seconds' from run
                                where started_at > '%s' and outcome <> 'SKIPPED'""".formatted(killedAt, 2 * LEASE.toSeconds(), killedAt)))
                        .as("within two leases")
                        .isEqualTo("t");
            }
        }
    }

    @Test
    void one_that_comes_back_from_a_long_sleep_writes_and_delivers_nothing_more() throws Exception {
        try (var owner = Program.start(settings())) {
            awaitFirstCycle(owner);
            try (var other = Program.start(idle())) {
                await().atMost(PATIENCE).until(() -> other.log().contains("Listening on"));
                interruptCycle();
                owner.freeze();

                environment.model().delay(Duration.ZERO);
                FaultTable.recovered("the owner of a cycle sleeps, another takes over", environment.model(), MESSAGES);
                var decided = environment.ask("select string_agg(run_id::text, ' ' order by item_id) from entry");
                owner.thaw();
                await().atMost(PATIENCE).until(() -> owner.log().contains("was closed as crashed before it ended"));
                assertThat(environment.ask("select string_agg(run_id::text, ' ' order by item_id) from entry"))
                        .isEqualTo(decided);
                assertThat(environment.model().taken().values()).containsOnly(1);
            }
        }
    }

    private static void awaitFirstCycle(Program program) {
        await().atMost(PATIENCE).until(() -> program.log().contains("ended: COMPLETED"));
    }

    /** In the middle of its model calls. */
    private void interruptCycle() throws Exception {
        environment.model().delay(Duration.ofSeconds(5));
        for (int number = 0; number < MESSAGES; number++) {
            environment.put(number + ".eml", "Subject: message " + number + "\n\nThe export fails.");
        }
        await().atMost(PATIENCE).until(() -> environment.model().requests() == MESSAGES);
    }

    private Map<String, String> settings() {
        var settings = environment.live();
        settings.put("drydock.run-lease", LEASE.toSeconds() + "s");
        return settings;
    }

    /** Its own schedule names a time far away, so that the interrupted cycle is the other's. */
    private Map<String, String> idle() {
        var settings = settings();
        settings.put("drydock.schedule", "0 0 1 1 *");
        return settings;
    }
}
