package dev.drydock.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long what a first run leaves would take. */
class DecidePaceTest {

    private Duration now = Duration.ZERO;
    private final DecidePace pace = new DecidePace(() -> now.toNanos());

    @Test
    void is_told_as_a_range_where_the_first_entries_took_longer() {
        decide(50, Duration.ofMillis(800));
        decide(50, Duration.ofMillis(200));

        assertThat(pace.estimate(4_900)).isEqualTo("16 min to 41 min");
    }

    @Test
    void is_told_as_a_range_where_a_rate_limit_slows_the_last_entries() {
        decide(20, Duration.ofMillis(10));
        decide(80, Duration.ofMillis(500));

        assertThat(pace.estimate(180)).isEqualTo("72 s to 90 s");
    }

    @Test
    void is_one_time_where_all_took_as_long() {
        decide(3, Duration.ofSeconds(2));

        assertThat(pace.estimate(10)).isEqualTo("about 20 s");
    }

    @Test
    void is_known_after_a_single_entry() {
        decide(1, Duration.ofSeconds(2));

        assertThat(pace.estimate(10)).isEqualTo("about 20 s");
    }

    private void decide(int entries, Duration each) {
        for (var entry = 0; entry < entries; entry++) {
            now = now.plus(each);
            pace.decided();
        }
    }
}
