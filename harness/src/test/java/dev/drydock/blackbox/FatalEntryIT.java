package dev.drydock.blackbox;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged program, killed whenever it decides one of its entries. */
@Tag("chaos")
@Tag("slow")
class FatalEntryIT {

    private static final int OTHERS = 9;
    private static final int CRASHES = 3;
    private static final String POISON = "poison";

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
    void is_set_aside_and_all_others_are_delivered_once() throws Exception {
        var messages = new HashMap<>(IntStream.range(0, OTHERS)
                .boxed()
                .collect(toMap(
                        number -> number + ".eml", number -> "Subject: message " + number + "\n\nThe export fails.")));
        messages.put("4a.eml", "Subject: " + POISON + "\n\nKills whoever reads it.");
        environment.putAtOnce(messages);
        environment.model().hangAt(POISON);
        var settings = environment.live();
        settings.put("drydock.run-lease", "2s");
        for (int crash = 1; crash <= CRASHES; crash++) {
            var expected = crash;
            try (var program = Program.start(settings, "run", "triage")) {
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> environment.model().requestsWith(POISON) >= expected);
                program.kill();
            }
        }

        var last = Program.run(settings, "run", "triage");

        assertThat(last.exitCode()).isEqualTo(3);
        assertThat(environment.count("run where outcome = 'CRASHED'")).isEqualTo(CRASHES);
        assertThat(environment.model().requestsWith(POISON)).isEqualTo(CRASHES);
        assertThat(environment.ask("select fault from entry where state = 'POISONED'"))
                .startsWith("the process ended while it was decided: 3 times");
        FaultTable.recovered("an entry kills the process, three times", environment.model(), OTHERS);
    }
}
