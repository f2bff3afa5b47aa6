package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one run of the packaged program makes of servers with limits: each line of the table. A few run at a time, for they mostly wait. */
class LimitsIT {

    private static final int AT_A_TIME = 2;

    /** How a case went. */
    private record Run(Program.Ended ended, int blamed, int calls, int refusals) {}

    private record Started(LimitCase expected, Future<Run> run) {

        @Override
        public String toString() {
            return expected.name();
        }
    }

    private static final List<Started> CASES = new ArrayList<>();
    private static ExecutorService threads;

    @BeforeAll
    static void start_all() throws IOException {
        threads = Executors.newFixedThreadPool(AT_A_TIME);
        for (var one : LimitCase.all()) {
            CASES.add(new Started(one, threads.submit(() -> run(one))));
        }
    }

    @AfterAll
    static void stop() {
        threads.shutdownNow();
        CASES.clear();
    }

    static List<Started> cases() {
        return CASES;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decides_what_the_server_takes(Started started) throws Exception {
        var expected = started.expected();
        var run = started.run().get();
        var result = new ObjectMapper().readTree(run.ended().out());

        assertThat(result.path("decided").asInt()).as(run.ended().err()).isEqualTo(expected.decided());
        assertThat(result.path("outcome").asText()).isEqualTo(expected.outcome());
        assertThat(result.path("skipReason").asText("")).isEqualTo(Objects.requireNonNullElse(expected.reason(), ""));
        assertThat(run.ended().exitCode()).isEqualTo(expected.exit());
        assertThat(run.blamed()).isZero();
        assertThat(run.refusals()).isLessThanOrEqualTo(expected.refusals());
        assertThat(run.calls() - run.refusals() - expected.decided()).isLessThanOrEqualTo(expected.lost());
    }

    private static Run run(LimitCase limits) throws Exception {
        try (var environment = new TestEnvironment();
                var server = new LimitedServer(limits)) {
            environment.putAtOnce(IntStream.range(0, limits.messages())
                    .boxed()
                    .collect(Collectors.toMap(number -> number + ".txt", number -> "The export fails. " + number)));
            var settings = new HashMap<>(environment.settings());
            settings.put("OPENAI_BASE_URL", server.baseUrl());
            settings.put("quarkus.fault-tolerance.global.retry.delay", "50");
            if (limits.timeout() != null) {
                settings.put("drydock.model.timeout", limits.timeout());
            }
            try (var program = Program.start(settings, "run", "triage", "--json")) {
                var ended = program.awaitEnd();
                var blamed = Integer.parseInt(environment.ask("select coalesce(sum(attempts), 0) from entry"));
                return new Run(ended, blamed, server.calls(), server.refusals());
            }
        }
    }
}
