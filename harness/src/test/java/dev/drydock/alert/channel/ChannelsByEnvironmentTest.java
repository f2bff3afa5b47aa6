package dev.drydock.alert.channel;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.MovableClock;
import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.AlertRule;
import dev.drydock.alert.AlertRule.Finding;
import dev.drydock.alert.SendAlerts;
import dev.drydock.alert.SentAlerts;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.journal.AlertDelivery;
import dev.drydock.journal.AlertOutbox;
import dev.drydock.journal.Notification;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The channels as the application makes them, set by the names that people know. */
@QuarkusTest
@QuarkusTestResource(value = ChannelsByEnvironmentTest.Receivers.class, restrictToAnnotatedClass = true)
class ChannelsByEnvironmentTest {

    private static final Receiver RECEIVER = new Receiver();
    private static final List<String> AGENTS = List.of("one", "two", "three");
    private static final AlertRule BROKEN = new AlertRule() {

        @Override
        public String name() {
            return "broken-channels";
        }

        @Override
        public Severity severity() {
            return Severity.CRITICAL;
        }
    };

    @Inject
    AlertLifecycle alerts;

    @Inject
    SendAlerts send;

    @Inject
    AlertOutbox outbox;

    @Inject
    SentAlerts sent;

    @Inject
    MovableClock clock;

    @Inject
    @All
    List<AlertChannel> channels;

    @Test
    void send_by_all_that_are_set() throws Exception {
        var before = RECEIVER.requests().size();
        for (var channel : channels) {
            if (channel.isOn()) {
                channel.send(Notifications.at(Notification.Type.OPENED));
            }
        }

        assertThat(channels)
                .extracting(AlertChannel::name)
                .filteredOn(name -> !name.equals("recorder")) // of other tests
                .containsExactlyInAnyOrder("healthchecks", "log", "mail", "opsgenie", "pagerduty", "slack", "webhook");
        assertThat(channels)
                .filteredOn(channel -> !channel.isOn())
                .extracting(AlertChannel::name)
                .containsExactly("mail");
        assertThat(RECEIVER.requests().stream().skip(before))
                .extracting(request -> request.getUrl().replace(Receiver.CANARY, "KEY"))
                .containsExactlyInAnyOrder(
                        "/services/T/B/KEY",
                        "/v2/enqueue",
                        "/v2/alerts",
                        "/in%20here/KEY?from=drydock",
                        "/KEY/nightly/fail?create=1");
    }

    @Test
    void are_told_once_of_each_alert_though_all_of_them_were_down_for_five_minutes() {
        var before = RECEIVER.taken().size();
        RECEIVER.answers(serverError());
        AGENTS.forEach(agent -> alerts.raise(BROKEN, agent, new Finding("It is broken", "Nothing.", "nothing.")));
        for (int minute = 0; minute < 5; minute++) {
            send.sendDue();
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(RECEIVER.taken()).hasSize(before);

        RECEIVER.answers(ok());
        clock.advance(Duration.ofMinutes(5));
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            send.sendDue();
            assertThat(AGENTS)
                    .allSatisfy(agent -> assertThat(notices(agent))
                            .hasSize(7) // with the log, and the recorder of other tests
                            .allMatch(notification -> notification.state() == AlertDelivery.State.SENT));
        });
        assertThat(RECEIVER.taken()).hasSize(before + AGENTS.size() * 5);
    }

    private List<AlertDelivery> notices(String agent) {
        return sent.alerts(BROKEN.name(), agent).stream()
                .flatMap(alert -> outbox.of(alert.id()).stream())
                .toList();
    }

    /** One server for all of them. */
    public static final class Receivers implements QuarkusTestResourceLifecycleManager {

        @Override
        public Map<String, String> start() {
            RECEIVER.start();
            var settings = RECEIVER.settings();
            // by its longer name, which tests leave empty, lest each of their runs be told of
            settings.put("drydock.healthchecks-ping-url", settings.get("HEALTHCHECKS_PING_URL"));
            return settings;
        }

        @Override
        public void stop() {
            RECEIVER.stop();
        }
    }
}
