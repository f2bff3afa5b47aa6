package dev.drydock.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.config.ListSettings.Setting;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The settings page shows values and sources, and no secret. */
class ListSettingsTest {

    private static final Map<String, String> PACKAGED = Map.of(
            "drydock.admin-token", "${DRYDOCK_ADMIN_TOKEN:}",
            "drydock.mode", "${DRYDOCK_MODE:shadow}",
            "drydock.http.crm.url", "https://crm.example/v1?api_key=abc123",
            "drydock.http.crm.oauth.token-url", "https://login.example/token",
            "drydock.http.crm.oauth.client-secret", "s3cret");

    private final List<Setting> settings = ListSettings.of(new SmallRyeConfigBuilder()
            .withSources(
                    new EnvConfigSource(
                            Map.of("DRYDOCK_ADMIN_TOKEN", "t0ken-of-the-admin", "DRYDOCK_MODE", "review"), 300),
                    new PropertiesConfigSource(PACKAGED, "application.properties", 250))
            .addDefaultInterceptors()
            .build());

    @Test
    void say_by_which_name_a_value_was_set_and_where() {
        assertThat(named("DRYDOCK_MODE")).satisfies(mode -> {
            assertThat(mode.value()).isEqualTo("review");
            assertThat(mode.source()).isEqualTo("environment variable");
            assertThat(mode.isSet()).isTrue();
        });
        assertThat(named("drydock.http.crm.oauth.token-url")).satisfies(url -> {
            assertThat(url.value()).isEqualTo("https://login.example/token");
            assertThat(url.source()).isEqualTo("application.properties");
        });
    }

    @Test
    void mask_secrets_and_what_an_address_contains() {
        assertThat(named("DRYDOCK_ADMIN_TOKEN").value()).isEqualTo("masked (18 characters)");
        assertThat(named("drydock.http.crm.oauth.client-secret").value()).startsWith("masked");
        assertThat(named("drydock.http.crm.url").value()).isEqualTo("https://crm.example/v1?***");
        assertThat(settings.toString()).doesNotContain("t0ken", "s3cret", "abc123");
    }

    private Setting named(String name) {
        return settings.stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(settings.toString()));
    }
}
