package dev.drydock.alert.channel;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.drydock.TestSettings;
import dev.drydock.alert.channel.AlertChannel.RefusedException;
import dev.drydock.config.DrydockConfig;
import dev.drydock.connect.LogLines;
import dev.drydock.http.WebhookClients;
import dev.drydock.journal.Notification;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each channel that posts makes of a receiver that does not take what it is sent. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = "the receiver of FaultyReceiversTest", target = ResourceLockTarget.CHILDREN)
class FaultyReceiversTest {

    @RegisterExtension
    static final Receiver RECEIVER = new Receiver();

    enum Channel {
        SLACK,
        PAGERDUTY,
        OPSGENIE,
        WEBHOOK,
        HEALTHCHECKS;

        AlertChannel with(DrydockConfig config) {
            return with(config, RECEIVER.targets);
        }

        private AlertChannel with(DrydockConfig config, WebhookClients targets) {
            return switch (this) {
                case SLACK -> new SlackAlerts(config, targets);
                case PAGERDUTY -> new PagerDutyAlerts(config, targets);
                case OPSGENIE -> new OpsgenieAlerts(config, targets);
                case WEBHOOK -> new WebhookAlerts(config, targets, RECEIVER.clock, RECEIVER.json);
                case HEALTHCHECKS -> new HealthchecksAlerts(config, targets);
            };
        }

        AlertChannel open() {
            return with(RECEIVER.config());
        }

        AlertChannel impatient() {
            return with(RECEIVER.config(), RECEIVER.targets(Duration.ofMillis(200)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_off_unless_it_is_set(Channel channel) {
        assertThat(channel.open().isOn()).isTrue();
        assertThat(channel.with(TestSettings.of(Map.of())).isOn()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void may_be_tried_again_where_the_receiver_is_busy_or_broken(Channel channel) {
        for (var status : new int[] {408, 429, 500, 502, 503, 504}) {
            var fault = send(channel.open(), quoting(status));

            assertThat(fault).isInstanceOf(IOException.class).hasMessageEndingWith(" answered " + status);
            assertQuotesNothing(fault);
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_refused_for_good_where_the_receiver_says_so(Channel channel) {
        for (var status : new int[] {400, 401, 403, 404, 410, 422}) {
            var fault = send(channel.open(), quoting(status));

            assertThat(fault).isInstanceOf(RefusedException.class).hasMessageEndingWith(" answered " + status);
            assertQuotesNothing(fault);
        }
    }

    @ParameterizedTest
    @EnumSource
    void follows_no_redirect(Channel channel) {
        var elsewhere = RECEIVER.url() + "/elsewhere/" + Receiver.CANARY;
        for (var status : new int[] {301, 302, 307, 308}) {
            var fault = send(channel.open(), quoting(status).withHeader("Location", elsewhere));

            assertThat(fault).isInstanceOf(IOException.class).hasMessageEndingWith(" answered " + status);
            assertQuotesNothing(fault);
        }
        assertThat(RECEIVER.requests()).noneMatch(request -> request.getUrl().startsWith("/elsewhere"));
    }

    @ParameterizedTest
    @EnumSource
    void waits_for_no_answer_longer_than_it_is_told(Channel channel) {
        var silent = send(channel.impatient(), aResponse().withFixedDelay(30_000));
        var slow = send(
                channel.impatient(),
                aResponse().withStatus(200).withBody(Receiver.CANARY).withChunkedDribbleDelay(20, 30_000));

        assertThat(silent).isInstanceOf(IOException.class).hasMessageEndingWith(": no complete response within 200 ms");
        assertThat(slow).isInstanceOf(IOException.class).hasMessageEndingWith(": no complete response within 200 ms");
        assertQuotesNothing(silent);
        RECEIVER.stop(); // a request may be on its way yet, and must not count as one of the next test
    }

    @ParameterizedTest
    @EnumSource
    void may_be_tried_again_where_nobody_answers_or_nothing_that_can_be_read(Channel channel) {
        var open = channel.open();
        for (var nonsense : Fault.values()) {
            var fault = send(open, aResponse().withBody(Receiver.CANARY).withFault(nonsense));

            assertThat(fault).isInstanceOf(IOException.class).hasMessageContaining(": connection failed (");
            assertQuotesNothing(fault);
        }
        RECEIVER.stop();
        var refused = catchThrowable(() -> open.send(Notifications.at(Notification.Type.OPENED)));

        assertThat(refused)
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith(": connection failed (ConnectException)");
        assertQuotesNothing(refused);
    }

    @ParameterizedTest
    @EnumSource
    void waits_as_long_as_a_receiver_asks(Channel channel) throws Exception {
        var open = channel.open();
        send(open, quoting(429).withHeader("Retry-After", "30"));
        RECEIVER.answers(aResponse().withStatus(200));

        assertThatThrownBy(() -> open.send(Notifications.at(Notification.Type.OPENED)))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("(Retry-After)");
        assertThat(RECEIVER.requests()).hasSize(1);

        RECEIVER.clock.advance(Duration.ofSeconds(31));
        assertThat(open.send(Notifications.at(Notification.Type.OPENED))).endsWith(" answered 200");
    }

    @ParameterizedTest
    @EnumSource
    void limits_the_pause_that_a_receiver_asks_for(Channel channel) throws Exception {
        var open = channel.open();
        send(open, quoting(503).withHeader("Retry-After", "Fri, 31 Dec 2199 23:59:59 GMT"));
        RECEIVER.answers(aResponse().withStatus(200));

        RECEIVER.clock.advance(Duration.ofMinutes(61));
        assertThat(open.send(Notifications.at(Notification.Type.OPENED))).endsWith(" answered 200");
    }

    @ParameterizedTest
    @EnumSource
    void lets_itself_be_interrupted(Channel channel) {
        RECEIVER.answers(aResponse().withFixedDelay(30_000)); // an answer that is there already interrupts nobody
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> channel.open().send(Notifications.at(Notification.Type.OPENED)))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        RECEIVER.stop(); // the request may be on its way yet, and must not count as one of the next test
    }

    private static ResponseDefinitionBuilder quoting(int status) {
        return aResponse().withStatus(status).withBody("what is " + Receiver.CANARY);
    }

    /** What came of it. */
    private static Throwable send(AlertChannel channel, ResponseDefinitionBuilder answer) {
        RECEIVER.answers(answer);
        try (var log = new LogLines()) {
            var fault = catchThrowable(() -> channel.send(Notifications.at(Notification.Type.OPENED)));
            assertThat(log.lines).noneMatch(line -> line.contains(Receiver.CANARY));
            return fault;
        }
    }

    /** Neither in the message nor in any of its causes. */
    private static void assertQuotesNothing(Throwable fault) {
        var text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).doesNotContain(Receiver.CANARY).doesNotContain(Receiver.SECRET);
    }
}
