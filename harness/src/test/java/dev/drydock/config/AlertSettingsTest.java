package dev.drydock.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.TestSettings;
import io.smallrye.config.ConfigValidationException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertSettingsTest {

    @Test
    void leaves_all_channels_off_that_nobody_has_set() {
        var alerts = TestSettings.of(Map.of()).alerts();

        assertThat(alerts.slack().webhookUrl()).isEmpty();
        assertThat(alerts.pagerduty().routingKey()).isEmpty();
        assertThat(alerts.opsgenie().apiKey()).isEmpty();
        assertThat(alerts.webhook().url()).isEmpty();
        assertThat(alerts.mail().to()).isEmpty();
        assertThat(alerts.pagerduty().baseUrl()).isEqualTo(URI.create("https://events.pagerduty.com"));
        assertThat(alerts.opsgenie().baseUrl()).isEqualTo(URI.create("https://api.opsgenie.com"));
    }

    @ParameterizedTest
    @CsvSource({
        "ALERT_SLACK_WEBHOOK_URL, https://hooks.slack.com/services/T0/B0/abc",
        "ALERT_WEBHOOK_URL, 'http://[::1]:8080/a%20b?c=d&e=~f'",
        "ALERT_WEBHOOK_URL, https://example.com?token=x",
        "ALERT_WEBHOOK_SECRET, whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "ALERT_WEBHOOK_SECRET, whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "PAGERDUTY_ROUTING_KEY, 0123456789abcdef0123456789abcdef",
        "HEALTHCHECKS_PING_URL, https://hc-ping.com/key/slug?create=1"
    })
    void takes_what_can_be_used(String name, String value) {
        assertThatCode(() -> TestSettings.of(Map.of(name, value))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "ALERT_SLACK_WEBHOOK_URL, hooks.slack.com/canary",
        "ALERT_SLACK_WEBHOOK_URL, 'https://hooks.slack.com/canary\n'",
        "ALERT_WEBHOOK_URL, https://example.com/canary%zz",
        "ALERT_WEBHOOK_SECRET, canary",
        "ALERT_WEBHOOK_SECRET, whsec_canary",
        "ALERT_WEBHOOK_SECRET, whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHhcanary=",
        "OPSGENIE_API_KEY, 'canary\n'",
        "HEALTHCHECKS_PING_URL, canary"
    })
    void refuses_what_cannot_be_used_without_quoting_it(String name, String value) {
        assertThatThrownBy(() -> TestSettings.of(Map.of(name, value)))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("drydock.")
                .hasMessageNotContaining("canary");
    }
}
