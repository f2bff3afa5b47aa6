package dev.drydock.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.TestSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the class as a builder of settings finds it: as a service. */
class SettingConstraintsTest {

    @ParameterizedTest
    @CsvSource({
        "drydock.poison-after, 0, must be greater than or equal to 1",
        "drydock.concurrency, 65, must be less than or equal to 64",
        "drydock.budget.daily-usd, 0, must be greater than 0",
        "drydock.http.tickets.per-second, 0, must be greater than or equal to 0.001",
        "drydock.agents.a.concurrency, 65, must be less than or equal to 64",
        "drydock.agents.a.deliver-within, 999ms, must be at least 1s"
    })
    void name_the_setting_and_its_limit(String setting, String value, String limit) {
        assertThatThrownBy(() ->
                        TestSettings.of(Map.of("drydock.http.tickets.url", "https://api.example.com", setting, value)))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(limit);
    }

    @ParameterizedTest
    @CsvSource({
        "drydock.poison-after, 1",
        "drydock.concurrency, 64",
        "drydock.budget.daily-usd, 0.01",
        "drydock.agents.a.deliver-within, 1s"
    })
    void allow_the_limit_itself(String setting, String value) {
        assertThatCode(() -> TestSettings.of(Map.of(setting, value))).doesNotThrowAnyException();
    }

    @ConfigMapping(prefix = "owl")
    interface OwlSettings {

        @WithDefault("1")
        int nights();
    }

    /** An owner may add a validator for settings of his own. */
    @Test
    void leave_other_settings_to_their_validator() {
        var builder = new SmallRyeConfigBuilder()
                .withMapping(OwlSettings.class)
                .withValidator((mapping, prefix, settings) -> {
                    throw new ConfigValidationException(new Problem[] {new Problem(prefix + " is asleep")});
                })
                .withCustomizers(new SettingConstraints());

        assertThatThrownBy(builder::build).hasMessageContaining("owl is asleep");
    }
}
