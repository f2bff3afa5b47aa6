package com.example.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.digest.DigestAgent.Batch;
import com.example.digest.DigestAgent.Briefing;
import com.example.digest.DigestAgent.Point;
import com.example.digest.DigestAgent.Weight;
import dev.drydock.agent.Window;
import dev.drydock.connect.FeedEntry;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests days, rules and texts in plain Java, without a harness, a database or a model. */
class DigestAgentTest {

    private static final Batch DAY = new Batch(
            "2026-11-24",
            List.of(entry("PostgreSQL", "18.2", "https://example.com/18.2"), entry("A & B", "a word", "")),
            List.of("example.com/gone.xml: answered 410"));

    @ParameterizedTest
    @CsvSource({
        // the daily cycle covers one day, whenever it starts
        "2026-11-23T06:05:00Z, 2026-11-24T06:15:00Z, 2026-11-23, 2026-11-24",
        "2026-11-23T06:05:00Z, 2026-11-24T23:59:00Z, 2026-11-23, 2026-11-24",
        // before the day is over, the day before is read
        "2026-11-23T06:05:00Z, 2026-11-24T05:59:00Z, 2026-11-22, 2026-11-23",
        // a second cycle on the same day reads the same once more
        "2026-11-24T06:05:00Z, 2026-11-24T10:00:00Z, 2026-11-23, 2026-11-24",
        // and takes nothing away from the next day
        "2026-11-24T09:50:00Z, 2026-11-25T06:15:00Z, 2026-11-24, 2026-11-25",
        // days without a cycle are made up for
        "2026-11-20T06:05:00Z, 2026-11-24T06:15:00Z, 2026-11-20, 2026-11-24",
    })
    void covers_whole_days_without_gap_or_overlap(Instant from, Instant to, String start, String end) {
        assertThat(DigestAgent.day(new Window(from, to, false)))
                .isEqualTo(new Window(Instant.parse(start + "T06:00:00Z"), Instant.parse(end + "T06:00:00Z"), false));
    }

    @Test
    void begins_with_one_day_and_all_that_the_feeds_have() {
        var cycle = new Window(Instant.parse("2026-10-25T06:15:00Z"), Instant.parse("2026-11-24T06:15:00Z"), true);

        assertThat(DigestAgent.day(cycle))
                .isEqualTo(
                        new Window(Instant.parse("2026-11-23T06:00:00Z"), Instant.parse("2026-11-24T06:00:00Z"), true));
    }

    @Test
    void refuses_a_briefing_that_cites_what_is_not_there() {
        assertThat(DigestAgent.checked(briefing(1, 2), DAY)).isEqualTo(briefing(1, 2));
        assertThatThrownBy(() -> DigestAgent.checked(briefing(1, 3), DAY))
                .hasMessage("the briefing cites entry 3 of 2");
        assertThatThrownBy(() -> DigestAgent.checked(briefing(0), DAY)).hasMessage("the briefing cites entry 0 of 2");
    }

    @Test
    void names_the_sources_of_each_point_and_the_feeds_that_are_dead() {
        assertThat(DigestAgent.text(DAY, briefing(1, 2), "# %s", "[%1$s](%2$s)", text -> text))
                .isEqualTo("""
                # Briefing of 2026-11-24: READ

                - about 1 ([PostgreSQL](https://example.com/18.2))
                - about 2 (A & B)

                Not read: example.com/gone.xml: answered 410
                """);
    }

    @Test
    void says_of_a_quiet_day_that_it_is_quiet() {
        var quiet = new Briefing(Weight.QUIET, List.of());

        assertThat(DigestAgent.text(new Batch("2026-11-24", List.of(), List.of()), quiet, "# %s", "", text -> text))
                .isEqualTo("# Briefing of 2026-11-24: QUIET\n\nNothing new.\n");
    }

    private static FeedEntry entry(String feed, String title, String link) {
        return new FeedEntry(feed, title, link, Instant.parse("2026-11-23T12:00:00Z"), "");
    }

    private static Briefing briefing(int... entries) {
        return new Briefing(
                Weight.READ,
                IntStream.of(entries)
                        .mapToObj(entry -> new Point(entry, "about " + entry))
                        .toList());
    }
}
