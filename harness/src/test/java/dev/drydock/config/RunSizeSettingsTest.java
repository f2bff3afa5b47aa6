package dev.drydock.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.TestSettings;
import dev.drydock.config.RunSize.DeliverPerRun;
import dev.drydock.config.RunSize.FirstRun;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSizeSettingsTest {

    @Test
    void a_first_run_decides_a_hundred_and_a_flood_depends_on_the_runs_before() {
        var defaults = TestSettings.of(Map.of()).runSize();

        assertThat(defaults.firstRun().most()).contains(100);
        assertThat(defaults.itemsPerRun()).isEmpty();
        assertThat(defaults.deliverPerRun()).isEqualTo(DeliverPerRun.ADAPTIVE);
    }

    @Test
    void each_is_read_from_the_environment() {
        var settings = TestSettings.ofEnvironment(Map.of(
                        "DRYDOCK_FIRST_RUN", "all",
                        "DRYDOCK_ITEMS_PER_RUN", "50",
                        "DRYDOCK_DELIVER_PER_RUN", "unlimited"))
                .runSize();

        assertThat(settings)
                .extracting(RunSize.Settings::firstRun, RunSize.Settings::itemsPerRun, RunSize.Settings::deliverPerRun)
                .containsExactly(FirstRun.ALL, Optional.of(50), DeliverPerRun.UNLIMITED);
    }

    @ParameterizedTest
    @CsvSource({
        "first-run, none, '\"none\" is not a number of entries: write one such as 100, or all'",
        "first-run, 0, '\"0\" is not a number of entries: write one such as 100, or all'",
        "deliver-per-run, all, '\"all\" is not a number of entries: write one such as 500, or unlimited, or adaptive'"
    })
    void what_is_no_number_of_entries_is_a_fault(String setting, String value, String fault) {
        assertThatThrownBy(() -> TestSettings.of(Map.of("drydock." + setting, value)))
                .hasStackTraceContaining(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "adaptive, 100, 0, false",
        "adaptive, 101, 0, true",
        "adaptive, 101, 20, true",
        "adaptive, 500, 100, false",
        "adaptive, 501, 100, true",
        "50, 50, 1000, false",
        "50, 51, 1000, true",
        "unlimited, 1000000, 0, false"
    })
    void a_flood_is_far_more_than_usual_or_more_than_is_set(
            String setting, int outputs, int largestRun, boolean flood) {
        var limit = TestSettings.of(Map.of("drydock.deliver-per-run", setting))
                .runSize()
                .deliverPerRun();

        assertThat(limit.isFlood(outputs, () -> largestRun)).isEqualTo(flood);
    }
}
