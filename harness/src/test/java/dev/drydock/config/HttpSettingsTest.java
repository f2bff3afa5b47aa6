package dev.drydock.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.TestSettings;
import io.smallrye.config.ConfigValidationException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpSettingsTest {

    private static final Map<String, String> WHOLE = Map.of(
            "DRYDOCK_HTTP_TICKETS_URL", "https://api.example.com/v1",
            "DRYDOCK_HTTP_TICKETS_OAUTH_TOKEN_URL", "https://login.example.com/token",
            "DRYDOCK_HTTP_TICKETS_OAUTH_CLIENT_ID", "drydock",
            "DRYDOCK_HTTP_TICKETS_OAUTH_CLIENT_SECRET", "hush",
            "DRYDOCK_HTTP_TICKETS_OAUTH_SCOPES", "read,list");

    @Test
    void reads_a_source_from_the_environment() {
        var source = only(TestSettings.ofEnvironment(WHOLE));

        assertThat(source.url()).isEqualTo(URI.create("https://api.example.com/v1"));
        assertThat(source.timeout()).isEqualTo(Duration.ofSeconds(30));
        var oauth = source.oauth().orElseThrow();
        assertThat(oauth.clientSecret()).isEqualTo("hush");
        assertThat(oauth.scopes().orElseThrow()).containsExactly("read", "list");
        assertThat(oauth.refreshToken()).isEmpty();
    }

    @Test
    void needs_no_oauth() {
        var settings = TestSettings.of(Map.of("drydock.http.news.url", "http://localhost:8080"));

        assertThat(only(settings).oauth()).isEmpty();
    }

    @Test
    void names_all_that_is_missing_of_a_half_configured_source() {
        assertThatThrownBy(() -> TestSettings.of(Map.of("drydock.http.tickets.oauth.client-id", "drydock")))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("drydock.http.tickets.url is required")
                .hasMessageContaining("drydock.http.tickets.oauth.token-url is required")
                .hasMessageContaining("drydock.http.tickets.oauth.client-secret is required");
    }

    @Test
    void refuses_what_is_no_web_address() {
        for (var address : new String[] {"api.example.com/v1", "ftp://example.com", "https:/v1"}) {
            assertThatThrownBy(() -> TestSettings.of(Map.of("drydock.http.tickets.url", address)))
                    .hasMessageContaining("drydock.http.tickets.url")
                    .hasMessageContaining("is not a web address: write one such as https://api.example.com/v1");
        }
    }

    private static HttpSettings only(DrydockConfig config) {
        return config.http().values().iterator().next();
    }
}
