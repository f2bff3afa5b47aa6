package dev.drydock.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.console.AttemptLimit.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AttemptLimitTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-27T08:00:00Z"));
    private final AttemptLimit limit = new AttemptLimit(now::get);

    @Test
    void says_in_whole_seconds_how_long_an_address_is_blocked() {
        refuse(Kind.LOGIN, "192.0.2.1", 5);

        assertThat(limit.blocked(Kind.LOGIN, "192.0.2.1")).contains(AttemptLimit.WINDOW);

        now.updateAndGet(time -> time.plusMillis(1));
        assertThat(limit.blocked(Kind.LOGIN, "192.0.2.1")).contains(AttemptLimit.WINDOW);

        now.updateAndGet(time -> time.plus(AttemptLimit.WINDOW).minusMillis(2));
        assertThat(limit.blocked(Kind.LOGIN, "192.0.2.1")).contains(Duration.ofSeconds(1));
    }

    @Test
    void blocks_every_address_beyond_the_limit_in_all_but_no_program_with_a_token() {
        for (var other = 0; other < 50; other++) {
            refuse(Kind.LOGIN, "198.51.100." + other, 1);
            refuse(Kind.BEARER_TOKEN, "198.51.100." + other, 1);
        }

        assertThat(limit.blocked(Kind.LOGIN, "192.0.2.1")).isPresent();
        assertThat(limit.blocked(Kind.BEARER_TOKEN, "192.0.2.1")).isEmpty();
    }

    private void refuse(Kind kind, String address, int times) {
        for (var attempt = 0; attempt < times; attempt++) {
            limit.refused(kind, address);
        }
    }
}
