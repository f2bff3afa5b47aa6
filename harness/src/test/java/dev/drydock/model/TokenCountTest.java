package dev.drydock.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many tokens a server counts, learned from its answers. */
class TokenCountTest {

    private final TokenCount count = new TokenCount();

    @Test
    void keeps_the_largest_plausible_difference() {
        count.learn("a", 100, 130L);
        count.learn("a", 100, 110L);

        assertThat(count.atServer("a", 1_000, 100)).isEqualTo(1_311);
        assertThat(count.atServer("another", 1_000, 100)).isEqualTo(1_001);
    }

    @Test
    void learns_nothing_from_a_short_request_such_as_a_probe() {
        count.learn("a", 10, 100L);

        assertThat(count.atServer("a", 1_000, 100)).isEqualTo(1_001);
    }
}
