package dev.drydock.alert.channel;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.MovableClock;
import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.Finding;
import dev.drydock.alert.Rule;
import dev.drydock.alert.SendNotices;
import dev.drydock.alert.Told;
import dev.drydock.journal.Notice.Turn;
import dev.drydock.journal.NoticeOutbox;
import dev.drydock.journal.Severity;
import dev.drydock.journal.StoredNotice;
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
    private static final Rule BROKEN = new Rule() {

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
    AlertLifecycle book;

    @Inject
    SendNotices send;

    @Inject
    NoticeOutbox outbox;

    @Inject
    Told told;

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
                channel.send(Notices.at(Turn.OPENED));
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
        AGENTS.forEach(agent -> book.raise(BROKEN, agent, new Finding("It is broken", "Nothing.", "nothing.")));
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
                            .allMatch(notice -> notice.state() == StoredNotice.State.SENT));
        });
        assertThat(RECEIVER.taken()).hasSize(before + AGENTS.size() * 5);
    }

    private List<StoredNotice> notices(String agent) {
        return told.alerts(BROKEN.name(), agent).stream()
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
