package dev.drydock.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.Ageing;
import dev.drydock.journal.JournalFigures;
import dev.drydock.journal.NoteSpendSpike;
import dev.drydock.run.RunEvent.SpendSpiked;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SpendSpikesTest {

    private static final LocalTime MORNING = LocalTime.of(0, 1);

    @Inject
    AgentRunner runner;

    @Inject
    JournalFigures figures;

    @Inject
    NoteSpendSpike spike;

    @Inject
    Ageing ageing;

    @Inject
    MovableClock clock;

    @Inject
    DrydockConfig config;

    @Inject
    Happenings happenings;

    private final NoteAgent agent = new NoteAgent();
    private final String name = agent.spec().name();

    @Test
    void tell_once_of_a_day_that_costs_more_than_twice_the_median() {
        spent(1, "0.10");
        spent(2, "0.30");
        spent(3, "9.00");
        spent(4, "0.20");
        spent(0, "0.50");

        assertThat(spikesAfterCycle()).isEmpty(); // the median is 0.25
        spent(0, "0.10");
        assertThat(spikesAfterCycle()).hasSize(1);
        assertThat(spikesAfterCycle()).hasSize(1);

        var told = (SpendSpiked) spikesAfterCycle().get(0);
        assertThat(told.todayUsd()).isEqualByComparingTo("0.60");
        assertThat(told.usualUsd()).isEqualByComparingTo("0.25");
    }

    @Test
    void say_nothing_while_there_are_too_few_days_to_tell() {
        spent(1, "0.10");
        spent(14, "0.10");
        spent(15, "0.10");
        spent(0, "5.00");

        assertThat(spikesAfterCycle()).isEmpty();
    }

    @Test
    void are_noted_once_a_day_over_all_processes() {
        var today = today();

        assertThat(spike.note(name, today)).isTrue();
        assertThat(spike.note(name, today)).isFalse();
        assertThat(spike.note(name, today.minusDays(1))).isFalse();
        assertThat(spike.note(name, today.plusDays(1))).isTrue();
    }

    @Test
    void count_days_as_the_time_zone_has_them() {
        var berlin = ZoneId.of("Europe/Berlin");
        var summerBegins = LocalDate.of(2026, 3, 29);
        ageing.called(name, Instant.parse("2026-03-28T22:59:59Z"), "1");
        ageing.called(name, Instant.parse("2026-03-28T23:00:00Z"), "2");
        ageing.called(name, Instant.parse("2026-03-29T21:59:59Z"), "4");
        ageing.called(name, Instant.parse("2026-03-29T22:00:00Z"), "8");

        assertThat(figures.spendByDay(name, summerBegins, summerBegins.plusDays(1), berlin))
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(Map.of(summerBegins, new BigDecimal(6), summerBegins.plusDays(1), new BigDecimal(8)));
    }

    private List<RunEvent> spikesAfterCycle() {
        runner.run(agent.in(Mode.SHADOW));
        return happenings.of(name, SpendSpiked.class);
    }

    private void spent(int daysAgo, String usd) {
        ageing.called(
                name,
                today().minusDays(daysAgo).atTime(MORNING).atZone(config.zone()).toInstant(),
                usd);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), config.zone());
    }
}
