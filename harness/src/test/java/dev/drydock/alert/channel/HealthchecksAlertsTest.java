package dev.drydock.alert.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.TestSettings;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.journal.Notification;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HealthchecksAlertsTest {

    @RegisterExtension
    static final Receiver HEALTHCHECKS = new Receiver();

    private final HealthchecksAlerts healthchecks = new HealthchecksAlerts(HEALTHCHECKS.config(), HEALTHCHECKS.targets);

    @Test
    void fails_the_check_with_the_summary_as_body() throws Exception {
        assertThat(healthchecks.send(Notifications.at(Notification.Type.OPENED)))
                .isEqualTo("Healthchecks answered 202");

        var ping = HEALTHCHECKS.last();
        assertThat(ping.getUrl()).isEqualTo("/" + Receiver.CANARY + "/nightly/fail?create=1");
        assertThat(ping.getHeader("Content-Type")).startsWith("text/plain");
        assertThat(ping.getBodyAsString())
                .isEqualTo("CRITICAL: skipped-cycles of triage: no cycle for 2 h <!channel> & \"co\""
                        + " Bcc: all@example.com \uD83D\uDE31");
    }

    @Test
    void takes_an_address_by_uuid_too() throws Exception {
        var url = HEALTHCHECKS.url() + "/eb095278-f28d-448d-87fb-7b75c171a6aa/";
        new HealthchecksAlerts(TestSettings.of(Map.of("HEALTHCHECKS_PING_URL", url)), HEALTHCHECKS.targets)
                .send(Notifications.at(Notification.Type.ESCALATED));

        assertThat(HEALTHCHECKS.last().getUrl()).isEqualTo("/eb095278-f28d-448d-87fb-7b75c171a6aa/fail");
    }

    @Test
    void says_nothing_when_it_is_resolved_and_only_logs_a_test() throws Exception {
        healthchecks.send(Notifications.at(Notification.Type.RESOLVED));
        assertThat(HEALTHCHECKS.requests()).isEmpty();

        healthchecks.send(Notifications.at(Notification.Type.TEST));
        assertThat(HEALTHCHECKS.last().getUrl()).isEqualTo("/" + Receiver.CANARY + "/nightly/log?create=1");
    }

    @Test
    void wants_critical_alerts_only() {
        assertThat(healthchecks.wants(Severity.CRITICAL)).isTrue();
        assertThat(healthchecks.wants(Severity.WARNING)).isFalse();
    }
}
