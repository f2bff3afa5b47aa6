package dev.drydock.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Ageing;
import dev.drydock.journal.JournalFigures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DailySpikeTest {

    private static final LocalTime MORNING = LocalTime.of(0, 1);

    @Inject
    JournalFigures figures;

    @Inject
    DailySpike.OfSpend rule;

    @Inject
    Ageing ageing;

    @Inject
    MovableClock clock;

    @Inject
    DrydockConfig config;

    private final RegisteredAgent<?, ?> agent = new NoteAgent().in(Mode.SHADOW);
    private final String name = agent.name();

    @Test
    void is_found_when_a_day_costs_more_than_twice_the_median() {
        spent(1, "0.10");
        spent(2, "0.30");
        spent(3, "9.00");
        spent(4, "0.20");
        spent(0, "0.50");

        assertThat(rule.evaluate(agent)).isEmpty(); // the median is 0.25
        spent(0, "0.10");
        assertThat(rule.evaluate(agent).orElseThrow().summary())
                .contains("0.6000 USD")
                .contains("0.2500");
    }

    @Test
    void is_not_found_with_fewer_than_three_days_to_compare() {
        spent(1, "0.10");
        spent(14, "0.10");
        spent(15, "0.10");
        spent(0, "5.00");

        assertThat(rule.evaluate(agent)).isEmpty();
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
