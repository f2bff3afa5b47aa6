package dev.drydock.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** Tuesday 2026-11-24, 07:00 and 07:15 and so on in Berlin. */
    @ParameterizedTest
    @CsvSource({
        "07:15,           2026-11-24T06:14:59Z, 2026-11-23",
        "07:15,           2026-11-24T06:15:00Z, 2026-11-24",
        "07:15 mon-fri,   2026-11-23T06:00:00Z, 2026-11-20",
        "07:15 sat,       2026-11-24T06:15:00Z, 2026-11-21",
        "'07:15 fri-mon', 2026-11-24T06:15:00Z, 2026-11-23",
        "'07:15 tue,thu', 2026-11-24T06:00:00Z, 2026-11-19",
        "'07:15 tue',     2026-11-24T06:00:00Z, 2026-11-17"
    })
    void knows_which_day_it_has_passed_on_last(String text, Instant now, LocalDate day) {
        assertThat(Deadline.parse(text).lastDay(now, BERLIN)).isEqualTo(day);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7:15", "25:00", "07:15 mo", "07:15 mon-", "soon", "07:15 someday"})
    void says_what_to_write_instead_of_what_it_cannot_read(String text) {
        assertThatThrownBy(() -> Deadline.parse(text))
                .hasMessageContaining(text)
                .hasMessageContaining("07:15 mon-fri");
    }

    @Test
    void prints_as_it_is_written() {
        assertThat(Deadline.parse("07:15")).hasToString("07:15");
        assertThat(Deadline.parse("07:15 Mon, Wed")).hasToString("07:15 mon,wed");
    }
}
