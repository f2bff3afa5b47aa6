package dev.drydock.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.concurrent.atomic.AtomicInteger;
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

    @Test
    void counts_a_long_text_once_however_often_a_request_asks_for_it() {
        var counts = new AtomicInteger();
        var counting = new TokenCount(text -> counts.incrementAndGet());
        var text = "The export fails. ".repeat(60_000);
        var message = UserMessage.from(text);

        counting.of(message);
        var first = counts.get();
        new Truncation(counting).shorten(message, Integer.MAX_VALUE);
        counting.of(ChatRequest.builder()
                .messages(SystemMessage.from("Say whether it is a bug."), message)
                .build());

        assertThat(first).isEqualTo(text.length() / 4_096 + 1);
        assertThat(counts).hasValue(first + 1); // the system's turn
    }

    @Test
    void counts_a_long_text_in_parts_nearly_as_in_one() {
        var line = "Grüße 👋 from the export of the report: it stops with an error 0x7f.\n";

        assertThat(count.of(line.repeat(2_000))).isBetween(count.of(line) * 1_980, count.of(line) * 2_020);
        assertThat(count.of("ACGT".repeat(250_000))).isPositive(); // one word of a million letters
    }
}
