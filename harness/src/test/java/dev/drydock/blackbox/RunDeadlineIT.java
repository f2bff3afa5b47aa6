package dev.drydock.blackbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run that must end by a time, and the run after it, each in a process of its own. */
class RunDeadlineIT {

    private static final int PAUSE_SECONDS = 20;

    @Test
    void leaves_what_waits_for_a_rate_limit_to_the_next_run_which_calls_when_the_server_said() throws Exception {
        try (var environment = new TestEnvironment()) {
            environment.putAtOnce(Map.of("1.txt", "The export fails.", "2.txt", "The import fails."));
            environment
                    .model()
                    .answer(aResponse().withStatus(429).withHeader("Retry-After", String.valueOf(PAUSE_SECONDS)));

            var first = Program.run(environment.settings(), "run", "triage", "--deadline", "1s");

            assertThat(first.exitCode()).as(first.err()).isZero();
            assertThat(first.out())
                    .startsWith("COMPLETED (RATE_LIMITED)")
                    .contains("rate limited: 0 of 2 decided, 2 wait for the next run");

            environment.model().answer();
            var next = Program.run(environment.settings(), "run", "triage");

            assertThat(next.exitCode()).as(next.err()).isZero();
            assertThat(environment.count("entry where state = 'SHADOWED'")).isEqualTo(2);
            assertThat(environment.ask("""
                    select extract(epoch from min(called_at) filter (where fault is null)
                                            - min(called_at) filter (where fault is not null)) >= %d
                    from model_call""".formatted(PAUSE_SECONDS))).isEqualTo("t");
        }
    }
}
