package dev.drydock.agent;

import static dev.drydock.agent.Expectation.items;
import static dev.drydock.agent.Expectation.labels;
import static dev.drydock.agent.Expectation.outputTokens;
import static dev.drydock.agent.Expectation.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.Expectation.Figures;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ExpectationTest {

    private static final Figures RUN = new Figures(12, Map.of("BUG", 6, "OTHER", 4), OptionalDouble.of(30));
    private static final Figures EMPTY = new Figures(0, Map.of(), OptionalDouble.empty());

    @Test
    void a_number_of_items_includes_its_bounds() {
        assertThat(items(12, 12).brokenBy(RUN)).isEmpty();
        assertThat(items(13, 20).brokenBy(RUN)).contains("expected 13 to 20 items, got 12");
        assertThat(items(1, 11).brokenBy(RUN)).contains("expected 1 to 11 items, got 12");
    }

    @Test
    void labels_are_those_that_were_named() {
        assertThat(labels("BUG", "OTHER", "IDEA").brokenBy(RUN)).isEmpty();
        assertThat(labels("BUG").brokenBy(RUN)).contains("expected only the labels [BUG], got [OTHER]");
    }

    @Test
    void a_share_is_one_of_the_decided_entries() {
        assertThat(share("BUG", 0.6, 0.6).brokenBy(RUN)).isEmpty();
        assertThat(share("OTHER", 0, 0.3).brokenBy(RUN))
                .contains("expected 0 to 30 % of the entries to be OTHER, got 40 %");
        assertThat(share("IDEA", 0.1, 1).brokenBy(RUN))
                .contains("expected 10 to 100 % of the entries to be IDEA, got 0 %");
        assertThat(share("100%", 0.1, 1).brokenBy(RUN)).isPresent();
    }

    @Test
    void the_length_of_answers_is_an_average() {
        assertThat(outputTokens(30, 40).brokenBy(RUN)).isEmpty();
        assertThat(outputTokens(50, 400).brokenBy(RUN)).contains("expected 50 to 400 output tokens an entry, got 30");
    }

    @Test
    void a_run_that_decided_nothing_breaks_only_the_number_of_items() {
        assertThat(share("BUG", 0.5, 1).brokenBy(EMPTY)).isEmpty();
        assertThat(outputTokens(5, 10).brokenBy(EMPTY)).isEmpty();
        assertThat(labels("BUG").brokenBy(EMPTY)).isEmpty();
        assertThat(items(1, 10).brokenBy(EMPTY)).isPresent();
    }

    @Test
    void bounds_in_the_wrong_order_are_refused() {
        assertThatThrownBy(() -> items(10, 1)).hasMessageContaining("above its most");
    }
}
