package dev.drydock.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.notify.Notice.Turn;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The channels as the application makes them, set by the names that people know. */
@QuarkusTest
@QuarkusTestResource(value = ChannelsByEnvironmentTest.Receivers.class, restrictToAnnotatedClass = true)
class ChannelsByEnvironmentTest {

    private static final Receiver RECEIVER = new Receiver();

    @Inject
    @All
    List<AlertChannel> channels;

    @Test
    void sends_by_all_that_are_set() throws Exception {
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
        assertThat(RECEIVER.requests())
                .extracting(request -> request.getUrl().replace(Receiver.CANARY, "KEY"))
                .containsExactlyInAnyOrder(
                        "/services/T/B/KEY",
                        "/v2/enqueue",
                        "/v2/alerts",
                        "/in%20here/KEY?from=drydock",
                        "/KEY/nightly/fail?create=1");
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
