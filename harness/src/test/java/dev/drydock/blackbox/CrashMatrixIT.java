package dev.drydock.blackbox;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.blackbox.CrashPoint.Sent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The packaged program, killed at each step of a cycle, and started again. The receiver is a webhook; it knows a message by
 * its subject, which stands for the key: one message, one key.
 */
@Tag("chaos")
@Tag("slow")
class CrashMatrixIT {

    private static final List<String> SUBJECTS =
            IntStream.rangeClosed(1, 5).mapToObj(number -> "item " + number).toList();

    private static final TestEnvironment ENVIRONMENT = TestEnvironment.withOwnServer();

    @AfterEach
    void forget() throws Exception {
        ENVIRONMENT.forget();
    }

    @AfterAll
    static void close() throws Exception {
        ENVIRONMENT.close();
    }

    /** Only what was on its way may come twice. */
    @ParameterizedTest
    @EnumSource
    void delivers_everything_at_least_once(CrashPoint point) throws Exception {
        crash(point, "at-least-once");
        var before = ENVIRONMENT.model().posts();
        recover("at-least-once");

        assertThat(ENVIRONMENT.count("entry where state = 'DELIVERED'")).isEqualTo(SUBJECTS.size());
        assertThat(ENVIRONMENT.model().posts())
                .as("each once, and again what arrived before the crash")
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(SUBJECTS, before).flatMap(List::stream).toList());
        assertThat(before.isEmpty()).isEqualTo(point.sent() != Sent.SOME);
    }

    /** What was, or only may have been, on its way waits for a person. */
    @ParameterizedTest
    @EnumSource
    void delivers_nothing_twice_where_it_must_not(CrashPoint point) throws Exception {
        crash(point, "at-most-once");
        recover("at-most-once");

        var unsure = point.sent() == Sent.NOTHING ? 0 : CrashPoint.SENT_AT_FIRST;
        assertThat(ENVIRONMENT.model().posts()).doesNotHaveDuplicates().isSubsetOf(SUBJECTS);
        assertThat(ENVIRONMENT.model().posts())
                .hasSize(SUBJECTS.size() - (point.sent() == Sent.NOTHING_BUT_CLAIMED ? unsure : 0));
        assertThat(ENVIRONMENT.count("entry where state = 'DELIVERED'")).isEqualTo(SUBJECTS.size() - unsure);
        assertThat(ENVIRONMENT.count("entry where state = 'UNDELIVERABLE' and fault like 'unsure%'"))
                .isEqualTo(unsure);
    }

    /** Leaves a run that never ended. */
    private void crash(CrashPoint point, String guarantee) throws Exception {
        try (var program = Program.start(settings(guarantee))) {
            await().ignoreExceptions()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> ENVIRONMENT.count("run where outcome = 'COMPLETED'") > 0);
            try (var obstacle = point.hold(ENVIRONMENT)) {
                ENVIRONMENT.putAtOnce(SUBJECTS.stream()
                        .collect(toMap(subject -> subject + ".eml", "Subject: %s\n\nThe export fails."::formatted)));
                await().pollInterval(Duration.ofMillis(50)).until(obstacle::reached);
                program.kill();
            }
        }
        assertThat(ENVIRONMENT.count("run where outcome = 'RUNNING'")).isEqualTo(1);
    }

    private void recover(String guarantee) throws Exception {
        var started = System.nanoTime();
        try (var program = Program.start(settings(guarantee))) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> ENVIRONMENT.count("entry") == SUBJECTS.size()
                            && ENVIRONMENT.count("entry where state in ('ADMITTED', 'PENDING')") == 0);
            assertThat(ENVIRONMENT.count("run where outcome = 'CRASHED'")).isEqualTo(1);
            var recovery = Duration.ofNanos(System.nanoTime() - started);
            FaultTable.add("kill -9, started again, " + guarantee, SUBJECTS.size(), ENVIRONMENT.model(), recovery);
        }
    }

    /** The leases are short, so that the next process need not wait for them. */
    private Map<String, String> settings(String guarantee) {
        var settings = ENVIRONMENT.settings();
        settings.putAll(Map.of(
                "drydock.mode", "live",
                "drydock.schedule", "every 1s",
                "drydock.agents.triage.delivery", guarantee,
                "drydock.concurrency", String.valueOf(CrashPoint.AT_A_TIME),
                "drydock.outbox.every", "0s",
                "drydock.outbox.lease", "2s",
                "drydock.run-lease", "2s",
                "SLACK_WEBHOOK_URL", ENVIRONMENT.model().slackUrl(),
                "PORT", "0"));
        return settings;
    }
}
