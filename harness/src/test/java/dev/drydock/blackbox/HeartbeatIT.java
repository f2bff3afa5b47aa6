package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.drydock.FreePort;
import dev.drydock.watch.PingServer;
import dev.drydock.watch.PingServer.ReceivedPing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** What the packaged program tells a check outside, whatever becomes of its runs. */
@Execution(CONCURRENT)
@Order(1) // among the longest, which must not be the last
class HeartbeatIT {

    private static final Duration LONG = Duration.ofMinutes(2);

    private final PingServer server = new PingServer();
    private TestEnvironment environment;

    @BeforeEach
    void open() throws Exception {
        environment = new TestEnvironment();
        environment.put("a.txt", "The export fails.");
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        environment.close();
    }

    @Test
    void tells_of_one_that_completes_also_as_a_command() throws Exception {
        var ended = Program.run(settings(), "run", "triage");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(told())
                .extracting(ReceivedPing::kind, ReceivedPing::run)
                .containsExactly(tuple("start", run("COMPLETED")), tuple("success", run("COMPLETED")));
        assertThat(told().get(1).body()).contains("COMPLETED", "decided 1, failed 0");
    }

    @Test
    void tells_why_one_was_skipped() throws Exception {
        environment.model().fail();

        var ended = Program.run(settings(), "run", "triage");

        assertThat(ended.exitCode()).isEqualTo(4);
        assertThat(told())
                .extracting(ReceivedPing::kind, ReceivedPing::run)
                .containsExactly(tuple("start", run("SKIPPED")), tuple("fail", run("SKIPPED")));
        assertThat(told().get(1).body()).contains("SKIPPED(MODEL_DOWN): ");
    }

    @Test
    void sends_no_failure_of_one_whose_process_is_asked_to_stop() throws Exception {
        environment.put("b.txt", "The import fails.");
        environment.model().delay(Duration.ofSeconds(5));
        var settings = settings();
        settings.put("drydock.concurrency", "1");
        try (var program = Program.start(settings)) {
            await().atMost(LONG).until(() -> environment.model().requests() == 1);
            assertThat(program.terminate().exitCode()).isZero();
        }
        assertThat(told())
                .extracting(ReceivedPing::kind, ReceivedPing::run)
                .containsExactly(tuple("start", run("INTERRUPTED")));
    }

    @Test
    void tells_of_one_that_was_killed_when_the_program_runs_again() throws Exception {
        environment.model().delay(Duration.ofMinutes(1));
        var settings = settings();
        settings.put("drydock.run-lease", "5s");
        try (var program = Program.start(settings)) {
            await().atMost(LONG).until(() -> environment.model().requests() == 1);
            program.kill();
        }
        assertThat(server.kinds(PingServer.CHECK)).containsExactly("start");
        environment.model().delay(Duration.ZERO);

        try (var program = Program.start(settings)) {
            await().atMost(LONG).until(() -> server.kinds(PingServer.CHECK).contains("success"));
        }
        assertThat(told())
                .extracting(ReceivedPing::kind, ReceivedPing::run)
                .startsWith(tuple("start", run("CRASHED")), tuple("fail", run("CRASHED")))
                .endsWith(tuple("success", run("COMPLETED")));
        assertThat(told().get(1).body()).contains("CRASHED");
    }

    @Test
    void sends_no_more_than_a_check_takes_where_cycles_are_short_but_tells_of_a_failure() throws Exception {
        var settings = settings();
        settings.put("drydock.schedule", "every 1s");
        var began = Instant.now();
        try (var program = Program.start(settings)) {
            await().ignoreExceptions()
                    .atMost(LONG)
                    .until(() -> environment.count("run where outcome = 'COMPLETED'") >= 5);
            environment.model().fail();
            environment.put("b.txt", "The import fails.");
            await().atMost(LONG).until(() -> server.kinds(PingServer.CHECK).contains("fail"));
        }
        assertThat(server.kinds(PingServer.CHECK))
                .startsWith("start", "success")
                .hasSizeLessThanOrEqualTo(
                        5 * (1 + (int) Duration.between(began, Instant.now()).toMinutes()));
        assertThat(told())
                .filteredOn(ping -> ping.kind().equals("fail"))
                .extracting(ReceivedPing::body)
                .allMatch(body -> body.contains("SKIPPED(MODEL_DOWN)"));
    }

    @Test
    void minds_neither_a_check_that_is_gone_nor_one_that_hangs() throws Exception {
        var settings = settings();
        server.delay(Duration.ofMinutes(1));
        settings.put("BETTERSTACK_HEARTBEAT_URL", "http://localhost:" + FreePort.find() + "/api/v1/heartbeat/t1");

        var ended = Program.run(settings, "run", "triage");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).startsWith("COMPLETED: ");
        assertThat(ended.err())
                .contains("Ping to Healthchecks", "no complete response within")
                .contains("Ping to Better Stack", "connection failed")
                .doesNotContain(PingServer.CHECK.substring(1), "heartbeat/t1");
    }

    private List<ReceivedPing> told() {
        return server.told(PingServer.CHECK);
    }

    private UUID run(String outcome) throws Exception {
        return UUID.fromString(
                environment.ask("select id from run where outcome = '" + outcome + "' order by seq limit 1"));
    }

    private Map<String, String> settings() {
        var settings = environment.settings();
        settings.put("HEALTHCHECKS_PING_URL", server.url(PingServer.CHECK));
        settings.put("PORT", "0");
        return settings;
    }
}
