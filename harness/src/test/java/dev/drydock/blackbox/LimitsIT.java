package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one run of the packaged program makes of servers with limits: each line of the table. */
@Execution(CONCURRENT)
@Order(1) // among the longest, which must not be the last
class LimitsIT {

    static Stream<LimitCase> cases() throws IOException {
        return LimitCase.all().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decides_what_the_server_takes(LimitCase limits) throws Exception {
        try (var environment = new TestEnvironment();
                var server = new LimitedServer(limits)) {
            environment.putAtOnce(IntStream.range(0, limits.messages())
                    .boxed()
                    .collect(Collectors.toMap(number -> number + ".txt", number -> "The export fails. " + number)));
            var settings = environment.settings();
            settings.put("OPENAI_BASE_URL", server.baseUrl());
            settings.put("quarkus.fault-tolerance.global.retry.delay", "50");
            if (limits.timeout() != null) {
                settings.put("drydock.model.timeout", limits.timeout());
            }

            var ended = Program.run(settings, "run", "triage", "--json");

            var result = new ObjectMapper().readTree(ended.out());
            assertThat(result.path("decided").asInt()).as(ended.err()).isEqualTo(limits.decided());
            assertThat(result.path("outcome").asText()).isEqualTo(limits.outcome());
            assertThat(result.path("skipReason").asText("")).isEqualTo(Objects.requireNonNullElse(limits.reason(), ""));
            assertThat(ended.exitCode()).isEqualTo(limits.exit());
            assertThat(environment.count("entry where attempts > 0")).isZero();
            assertThat(server.refusals()).isLessThanOrEqualTo(limits.refusals());
            assertThat(server.calls() - server.refusals() - limits.decided()).isLessThanOrEqualTo(limits.lost());
        }
    }
}
