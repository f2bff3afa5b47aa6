package dev.drydock.alert.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.drydock.TestSettings;
import dev.drydock.connect.LogLines;
import dev.drydock.journal.Notification;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WebhookAlertsTest {

    @RegisterExtension
    static final Receiver RECEIVER = new Receiver();

    private final WebhookAlerts webhook = webhook(RECEIVER.settings());

    @Test
    void posts_the_alert_as_json() throws Exception {
        assertThat(webhook.send(Notifications.at(Notification.Type.OPENED))).isEqualTo("The webhook answered 202");

        assertThat(RECEIVER.last().getUrl()).isEqualTo("/in%20here/" + Receiver.CANARY + "?from=drydock");
        assertThat(RECEIVER.last().getHeader("Content-Type")).isEqualTo("application/json");
        var sent = RECEIVER.json.readTree(RECEIVER.last().getBodyAsString());
        var data = RECEIVER.json
                .createObjectNode()
                .put("id", Notifications.ID.toString())
                .put("rule", "skipped-cycles")
                .put("agent", "triage")
                .put("severity", "CRITICAL")
                .put("summary", Notifications.SUMMARY)
                .put("details", Notifications.DETAILS)
                .put("openedAt", "2026-11-23T01:00:07Z")
                .put("runbook", Notifications.RUNBOOK.toString());
        assertThat(sent)
                .isEqualTo(RECEIVER.json
                        .createObjectNode()
                        .put("type", "alert.opened")
                        .put("timestamp", "2026-11-23T01:00:07Z")
                        .set("data", data));
    }

    @Test
    void names_each_turn_by_its_type() throws Exception {
        for (var type : Notification.Type.values()) {
            webhook.send(Notifications.at(type));
        }
        webhook.send(Notifications.ofTheProcess());

        assertThat(RECEIVER.requests())
                .extracting(request -> RECEIVER.json
                        .readTree(request.getBodyAsString())
                        .get("type")
                        .textValue())
                .containsExactly("alert.opened", "alert.escalated", "alert.resolved", "alert.test", "alert.opened");
        assertThat(RECEIVER.json
                        .readTree(RECEIVER.last().getBodyAsString())
                        .at("/data/agent")
                        .isNull())
                .isTrue();
    }

    @Test
    void signs_so_that_the_standards_own_library_verifies_it() throws Exception {
        webhook.send(Notifications.at(Notification.Type.OPENED));
        var sent = RECEIVER.last();

        assertThatCode(() -> verify(Receiver.SECRET, sent, sent.getBodyAsString()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> verify(Receiver.SECRET, sent, sent.getBodyAsString() + " "))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> verify("whsec_b3RoZXI=", sent, sent.getBodyAsString()))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void has_one_id_for_each_turn_however_often_it_is_sent_and_the_time_of_each_attempt() throws Exception {
        webhook.send(Notifications.at(Notification.Type.OPENED));
        var first = RECEIVER.last();
        RECEIVER.clock.advance(Duration.ofMinutes(1));
        webhook.send(Notifications.at(Notification.Type.OPENED));
        var again = RECEIVER.last();
        webhook.send(Notifications.at(Notification.Type.RESOLVED));

        assertThat(again.getHeader("webhook-id")).isEqualTo(first.getHeader("webhook-id"));
        assertThat(Long.parseLong(again.getHeader("webhook-timestamp")))
                .isGreaterThan(Long.parseLong(first.getHeader("webhook-timestamp")));
        assertThat(RECEIVER.last().getHeader("webhook-id")).isNotEqualTo(first.getHeader("webhook-id"));
    }

    @Test
    void sends_unsigned_without_a_secret_and_says_so_at_start() throws Exception {
        var settings = RECEIVER.settings();
        settings.remove("ALERT_WEBHOOK_SECRET");
        var unsigned = webhook(settings);

        try (var log = new LogLines(WebhookAlerts.class)) {
            webhook.warn(new StartupEvent());
            webhook(Map.of()).warn(new StartupEvent());
            assertThat(log.lines).isEmpty();
            unsigned.warn(new StartupEvent());
            assertThat(log.lines)
                    .singleElement()
                    .asString()
                    .contains("not signed")
                    .doesNotContain(Receiver.CANARY);
        }
        unsigned.send(Notifications.at(Notification.Type.OPENED));
        assertThat(RECEIVER.last().containsHeader("webhook-id")).isTrue();
        assertThat(RECEIVER.last().containsHeader("webhook-signature")).isFalse();
    }

    private static WebhookAlerts webhook(Map<String, String> settings) {
        return new WebhookAlerts(TestSettings.of(settings), RECEIVER.targets, RECEIVER.clock, RECEIVER.json);
    }

    private static void verify(String secret, LoggedRequest request, String body) throws Exception {
        var headers = Stream.of("webhook-id", "webhook-timestamp", "webhook-signature")
                .collect(Collectors.toMap(name -> name, name -> List.of(request.getHeader(name))));
        new Webhook(secret).verify(body, headers);
    }
}
