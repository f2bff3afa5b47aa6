package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The packaged program over a long time, one cycle a second, with faults at random: {@code -Dsoak.minutes=30},
 * {@code -Dsoak.seed=1}. It writes what it saw to {@code target/soak.md}.
 */
@Tag("soak")
@Tag("slow")
class SoakIT {

    private static final int MINUTES = Integer.getInteger("soak.minutes", 30);
    private static final long SEED = Long.getLong("soak.seed", 1);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final int TICKS = (int) (Duration.ofMinutes(MINUTES).toMillis() / TICK.toMillis());
    private static final int TICKS_A_SAMPLE = 20;

    private TestEnvironment environment;
    private RandomFaults faults;
    private int put;

    @BeforeEach
    void open() {
        environment = TestEnvironment.withOwnServer();
        faults = new RandomFaults(environment, SEED);
    }

    @AfterEach
    void close() throws Exception {
        environment.close();
    }

    @Test
    void loses_nothing_doubles_nothing_and_leaks_nothing() throws Exception {
        var settings = settings();
        try (var program = Program.start(settings)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> program.log().contains("Listening on"));
            var vitals = new Vitals(program, Integer.parseInt(settings.get("PORT")), environment);
            soak(vitals);
            var healed = System.nanoTime();
            await().atMost(Duration.ofMinutes(3))
                    .untilAsserted(() -> assertThat(taken()).hasSize(put));
            report(vitals, Duration.ofNanos(System.nanoTime() - healed));

            assertThat(taken().values())
                    .as("how often each message has arrived")
                    .containsOnly(1);
            assertThat(Vitals.FIGURES).noneMatch(vitals::grows);
            assertThat(program.terminate().exitCode()).isZero();
        }
        assertThat(environment.count("entry where state <> 'DELIVERED'")).isZero();
    }

    /** A message at each tick, and perhaps a fault. */
    private void soak(Vitals vitals) throws Exception {
        for (int tick = 1; tick <= TICKS; tick++) {
            var next = System.nanoTime() + TICK.toNanos();
            var subject = "message " + ++put;
            environment.put(put + ".eml", "Subject: " + subject + "\n\nThe export fails.");
            faults.tick();
            if (tick % TICKS_A_SAMPLE == 0 && !faults.isDatabaseAway()) {
                vitals.sample();
            }
            Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
        }
        faults.heal();
    }

    private Map<String, Integer> taken() {
        return environment.model().taken();
    }

    private void report(Vitals vitals, Duration recovery) throws Exception {
        var doubled = taken().values().stream().mapToInt(times -> times - 1).sum();
        var report = new StringBuilder()
                .append("%d minutes, seed %d: %d messages, %s cycles; faults: %s. "
                        .formatted(
                                MINUTES,
                                SEED,
                                put,
                                environment.ask("select string_agg(n || ' ' || outcome, ', ') from"
                                        + " (select outcome, count(*) n from run group by 1 order by 2 desc) ends"),
                                faults))
                .append("Lost: %d. Doubled: %d. ".formatted(put - taken().size(), doubled))
                .append("The last fault gone, all was delivered after %d s.%n%n".formatted(recovery.toSeconds()))
                .append("| of %d samples | first third | second | last third | most |%n".formatted(vitals.samples()))
                .append("|---|---|---|---|---|%n".formatted());
        Vitals.FIGURES.forEach(figure -> report.append(vitals.line(figure)));
        Files.writeString(Path.of("target/soak.md"), report);
    }

    private Map<String, String> settings() throws Exception {
        var settings = new HashMap<>(environment.settings());
        settings.put("JAVA_TOOL_OPTIONS", "-Xmx256m");
        settings.put("SLACK_WEBHOOK_URL", environment.model().slackUrl());
        settings.put("drydock.mode", "live");
        settings.put("drydock.schedule", "every 1s");
        settings.put("drydock.overlap", "10s"); // else each cycle reads the messages of ten minutes again
        settings.put("drydock.poison-after", "1000"); // a fault outlasts many cycles of a second
        settings.put("drydock.outbox.every", "1s");
        settings.put("drydock.outbox.backoff", "1s");
        settings.put("drydock.outbox.max-backoff", "5s");
        settings.put("drydock.outbox.max-attempts", "1000");
        settings.put("drydock.deliver-per-run", "unlimited"); // what a long fault leaves comes at once
        settings.put("PORT", String.valueOf(FreePort.find()));
        return settings;
    }
}
