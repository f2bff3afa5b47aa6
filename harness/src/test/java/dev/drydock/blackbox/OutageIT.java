package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The packaged program, while something that it needs is down for some cycles. */
@Tag("chaos")
@Tag("slow")
class OutageIT {

    private static final int MESSAGES = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private TestEnvironment environment;

    @BeforeEach
    void open() {
        environment = TestEnvironment.withOwnServer();
    }

    @AfterEach
    void close() throws Exception {
        environment.close();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"MODEL_FAILS", "MODEL_CUTS_THE_CONNECTION"})
    void skips_cycles_while_the_model_is_down_and_asks_it_seldom(RandomFault fault) throws Exception {
        blameNoEntryWhile(fault, "run where outcome = 'SKIPPED' and skip_reason = 'MODEL_DOWN'");
    }

    /** A limit is no outage. */
    @Test
    void leaves_entries_to_later_cycles_while_the_model_limits_the_rate() throws Exception {
        blameNoEntryWhile(
                RandomFault.MODEL_LIMITS_THE_RATE, "run where outcome = 'COMPLETED' and skip_reason = 'RATE_LIMITED'");
    }

    private void blameNoEntryWhile(RandomFault fault, String runs) throws Exception {
        try (var program = Program.start(environment.live())) {
            fault.begin(environment);
            put(0, MESSAGES);
            awaitSome(runs, 3);
            assertThat(environment.model().requests()).isLessThan(MESSAGES * 4);
            assertThat(environment.count("entry where state = 'ADMITTED' and attempts = 0"))
                    .isEqualTo(MESSAGES);
            fault.end(environment);

            FaultTable.recovered("the model: " + words(fault), environment.model(), MESSAGES);
        }
    }

    @Test
    void covers_the_time_in_which_the_source_was_unavailable() throws Exception {
        var fault = RandomFault.SOURCE_IS_GONE;
        try (var program = Program.start(environment.live())) {
            awaitLog(program, "ended: COMPLETED");
            fault.begin(environment);
            put(0, MESSAGES);
            awaitSome("run where skip_reason = 'SOURCE_DOWN'", 1);
            fault.end(environment);

            FaultTable.recovered("the source is away", environment.model(), MESSAGES);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"RECEIVER_IS_BUSY", "RECEIVER_CUTS_THE_CONNECTION"})
    void delivers_what_waits_when_the_receiver_is_back(RandomFault fault) throws Exception {
        try (var program = Program.start(environment.live())) {
            fault.begin(environment);
            put(0, MESSAGES);
            awaitSome("entry where state = 'PENDING' and delivery_attempts > 0", 1);
            fault.end(environment);

            FaultTable.recovered("the receiver is down: " + words(fault), environment.model(), MESSAGES);
        }
    }

    /** Seconds instead of hours: the outputs are older than they may be. */
    @Test
    void sends_nothing_that_grew_too_old_while_the_receiver_was_down() throws Exception {
        var settings = environment.live();
        settings.put("drydock.agents.triage.deliver-within", "3s");
        try (var program = Program.start(settings)) {
            RandomFault.RECEIVER_IS_BUSY.begin(environment);
            put(0, MESSAGES);
            awaitSome("entry where state = 'EXPIRED'", MESSAGES);
            awaitSome("alert where rule = 'outputs-expired' and resolved_at is null", 1);
            RandomFault.RECEIVER_IS_BUSY.end(environment);

            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(
                            () -> { // its circuit may still be open
                                environment.put(System.nanoTime() + ".eml", "Subject: new\n\nThe export fails.");
                                return !environment.model().taken().isEmpty();
                            });
            assertThat(environment.model().taken()).containsOnlyKeys("new");
        }
    }

    /** What hangs feels no interrupt: a statement that the database does not answer. */
    @Test
    void ends_itself_when_a_cycle_hangs_for_good() throws Exception {
        var settings = environment.live();
        settings.putAll(Map.of("drydock.stuck.floor", "2s", "drydock.stuck.grace", "1s", "drydock.run-lease", "3s"));
        try (var program = Program.start(settings)) {
            awaitLog(program, "ended: COMPLETED");
            try (var held = new HeldStatement(
                    environment, "update", "new.state = 'PENDING'", HeldStatement.Fate.COMES_TO_NOTHING)) {
                put(0, MESSAGES);
                assertThat(program.awaitEnd().exitCode()).isEqualTo(70);
            }
            assertThat(program.log()).contains("is stuck", "did not end when interrupted; the process exits");
        }
        try (var next = Program.start(environment.live())) {
            FaultTable.recovered("a cycle hangs: exit 70, started again", environment.model(), MESSAGES);
        }
    }

    private static String words(RandomFault fault) {
        return fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void awaitSome(String rows, int number) {
        await().atMost(PATIENCE)
                .ignoreExceptions() // there are no tables yet
                .until(() -> environment.count(rows) >= number);
    }

    private static void awaitLog(Program program, String words) {
        await().atMost(PATIENCE).until(() -> program.log().contains(words));
    }

    private void put(int from, int to) throws Exception {
        for (int number = from; number < to; number++) {
            environment.put(number + ".eml", "Subject: message " + number + "\n\nThe export fails.");
        }
    }
}
