package dev.drydock.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A server that says "quota". */
class QuotaDoubtTest {

    private static final String REFUSAL = "You exceeded your current quota. (request req-81f2)";

    private final MovableClock clock = new MovableClock();
    private final QuotaDoubt doubt = new QuotaDoubt(clock);

    @Test
    void means_the_account_if_it_says_the_same_a_minute_later() {
        assertThat(doubt.refused(REFUSAL)).isFalse();
        clock.advance(Duration.ofSeconds(50));
        assertThat(doubt.refused(REFUSAL)).isFalse();
        clock.advance(Duration.ofSeconds(11));

        assertThat(doubt.refused(REFUSAL.replace("81f2", "33c9"))).isTrue();
    }

    @Test
    void means_the_minute_if_it_answered_a_call_meanwhile() {
        doubt.refused(REFUSAL);
        doubt.answered();
        clock.advance(Duration.ofMinutes(2));

        assertThat(doubt.refused(REFUSAL)).isFalse();
    }

    @Test
    void means_something_else_in_other_words() {
        doubt.refused("Quota exceeded for this project.");
        clock.advance(Duration.ofMinutes(2));

        assertThat(doubt.refused(REFUSAL)).isFalse();
    }
}
