package dev.drydock.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.model.RateLimit;
import dev.drydock.run.RunProgress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShowProgressTest {

    private static final String TWELVE = "12 of 25 entries decided, 4.0 s each, about 52 s left;"
            + " model small: 1 calls at a time, 3 refused for now, the next call in 7 s";

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private Instant now = Instant.parse("2026-11-26T06:00:00Z");

    @Test
    void is_one_line_that_changes_on_a_terminal() {
        var progress = of(true, 12);

        progress.show();
        progress.show();

        assertThat(shown.toString(UTF_8)).isEqualTo(("\r" + TWELVE + "\u001b[K").repeat(2));
    }

    @Test
    void is_a_line_every_ten_seconds_elsewhere() {
        var progress = of(false, 12);

        for (int second = 0; second <= 10; second++) {
            progress.show();
            now = now.plusSeconds(1);
        }

        assertThat(shown.toString(UTF_8).lines()).containsExactly(TWELVE, TWELVE);
    }

    @Test
    void says_how_long_it_waits_for_the_first() {
        of(false, 0).show();

        assertThat(shown.toString(UTF_8)).startsWith("0 of 25 entries decided in 48 s; model small");
    }

    private ShowProgress of(boolean terminal, int decided) {
        var model = new RateLimit.State("small", 1, 1, 0, Duration.ofSeconds(7), Duration.ZERO, 3, 0);
        return new ShowProgress(
                () -> Optional.of(new Progress(decided, 0, 25, Duration.ofSeconds(48), model)),
                new PrintStream(shown, true, UTF_8),
                terminal,
                () -> now);
    }
}
