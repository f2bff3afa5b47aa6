package dev.drydock.blackbox;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.blackbox.HeldStatement.Fate;
import dev.drydock.watch.PingServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packaged program with an agent that expects few bugs, killed when all is decided to be one. */
@Tag("chaos")
@Tag("slow")
class HollowCrashIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final List<String> SUBJECTS =
            IntStream.rangeClosed(1, 5).mapToObj(number -> "item " + number).toList();

    private final TestEnvironment environment = TestEnvironment.withOwnServer();
    private final PingServer pings = new PingServer();

    @AfterEach
    void close() throws Exception {
        pings.close();
        environment.close();
    }

    /** With a judgement that is stored all the same, or is not. */
    @ParameterizedTest
    @EnumSource
    void holds_what_it_decided_until_a_person_approves_it(Fate judgement) throws Exception {
        var executable = ChangedAgent.expecting("share(\"BUG\", 0, 0.1)");
        var settings = environment.live();
        settings.put("drydock.run-lease", "2s");
        crashBeforeTheRunIsClosed(executable, settings, judgement);

        settings.put("drydock.schedule", "every 1h");
        settings.put("HEALTHCHECKS_PING_URL", pings.url(PingServer.CHECK));
        try (var program = Program.start(executable, settings)) {
            await().atMost(LONG).until(() -> environment.count("run where outcome = 'HOLLOW'") == 1);
            await().atMost(LONG).until(() -> environment.count("alert where rule = 'hollow-run'") > 0);
            await().atMost(LONG).until(() -> pings.kinds(PingServer.CHECK).contains("fail"));
            assertThat(program.terminate().exitCode()).isZero();
        }

        assertThat(environment.count("run where outcome = 'CRASHED'")).isEqualTo(1);
        assertThat(environment.count("entry where state = 'HELD' and hold_reason = 'HOLLOW'"))
                .isEqualTo(SUBJECTS.size());
        assertThat(environment.count("entry")).isEqualTo(SUBJECTS.size());
        assertThat(environment.model().posts()).isEmpty();
        assertThat(environment.count("alert where rule = 'hollow-run'")).isEqualTo(1);
        assertThat(pings.kinds(PingServer.CHECK)).doesNotContain("success");
        assertThat(environment.model().requests()).isEqualTo(SUBJECTS.size());
    }

    private void crashBeforeTheRunIsClosed(List<String> executable, Map<String, String> settings, Fate judgement)
            throws Exception {
        try (var program = Program.start(executable, settings)) {
            await().ignoreExceptions()
                    .atMost(LONG)
                    .until(() -> environment.count("run where outcome = 'COMPLETED'") > 0);
            try (var obstacle = new HeldStatement(environment, "update", "new.flood_run is not null", judgement)) {
                environment.putAtOnce(SUBJECTS.stream()
                        .collect(toMap(subject -> subject + ".eml", "Subject: %s\n\nThe export fails."::formatted)));
                await().atMost(LONG).pollInterval(Duration.ofMillis(50)).until(obstacle::reached);
                program.kill();
            }
        }
        assertThat(environment.count("entry where state = 'HELD'")).isEqualTo(SUBJECTS.size());
        assertThat(environment.count("run where outcome = 'RUNNING'")).isEqualTo(1);
        assertThat(environment.count("alert")).isZero();
    }
}
