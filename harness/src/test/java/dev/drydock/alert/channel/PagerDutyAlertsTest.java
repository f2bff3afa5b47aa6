package dev.drydock.alert.channel;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dikhan.pagerduty.client.events.PagerDutyEventsClient;
import com.github.dikhan.pagerduty.client.events.domain.LinkContext;
import com.github.dikhan.pagerduty.client.events.domain.Payload;
import com.github.dikhan.pagerduty.client.events.domain.ResolveIncident.ResolveIncidentBuilder;
import com.github.dikhan.pagerduty.client.events.domain.TriggerIncident.TriggerIncidentBuilder;
import dev.drydock.TestSettings;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.journal.Notification;
import java.time.ZoneOffset;
import java.util.List;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is sent is held against what a client of PagerDuty sends to say the same. */
class PagerDutyAlertsTest {

    @RegisterExtension
    static final Receiver PAGERDUTY = new Receiver();

    private final PagerDutyAlerts pagerDuty = new PagerDutyAlerts(PAGERDUTY.config(), PAGERDUTY.targets);

    @Test
    void triggers_an_incident_as_a_client_of_pagerduty_does() throws Exception {
        var notification = Notifications.at(Notification.Type.OPENED);

        assertThat(pagerDuty.send(notification)).isEqualTo("PagerDuty answered 202");

        assertThat(PAGERDUTY.last().getUrl()).isEqualTo("/v2/enqueue");
        assertThat(event()).isEqualTo(theirTrigger(notification));
    }

    @Test
    void resolves_it_by_its_key() throws Exception {
        pagerDuty.send(Notifications.at(Notification.Type.RESOLVED));

        var ours = event();
        assertThat(ours).isEqualTo(PAGERDUTY.json.readTree("""
                {"routing_key": "%s", "event_action": "resolve", "dedup_key": "%s"}""".formatted(Receiver.CANARY, Notifications.ID)));
        var theirs = theirResolve();
        ours.fieldNames().forEachRemaining(name -> assertThat(theirs.get(name)).isEqualTo(ours.get(name)));
    }

    @Test
    void triggers_again_when_it_escalates_and_resolves_a_test_at_once() throws Exception {
        pagerDuty.send(Notifications.at(Notification.Type.ESCALATED));
        assertThat(event().at("/event_action").textValue()).isEqualTo("trigger");
        assertThat(event().at("/payload/summary").textValue()).startsWith("Still CRITICAL: ");

        pagerDuty.send(Notifications.at(Notification.Type.TEST));
        assertThat(PAGERDUTY.requests())
                .extracting(request -> PAGERDUTY
                        .json
                        .readTree(request.getBodyAsString())
                        .get("event_action")
                        .textValue())
                .containsExactly("trigger", "trigger", "resolve");
    }

    @Test
    void cuts_a_summary_to_what_pagerduty_takes() throws Exception {
        pagerDuty.send(Notifications.at(Notification.Type.OPENED, Severity.CRITICAL, "\uD83D\uDE31".repeat(2_000)));

        var summary = event().at("/payload/summary").textValue();
        assertThat(summary).hasSizeBetween(1023, 1024).endsWith("\uD83D\uDE31…");
    }

    @Test
    void takes_warnings_if_it_is_told_to() throws Exception {
        assertThat(pagerDuty.wants(Severity.CRITICAL)).isTrue();
        assertThat(pagerDuty.wants(Severity.WARNING)).isFalse();
        var settings = PAGERDUTY.settings();
        settings.put("drydock.alerts.pagerduty.severity", "warning");
        var open = new PagerDutyAlerts(TestSettings.of(settings), PAGERDUTY.targets);
        assertThat(open.wants(Severity.WARNING)).isTrue();

        open.send(Notifications.ofTheProcess());

        assertThat(event().at("/payload/severity").textValue()).isEqualTo("warning");
        assertThat(event().at("/payload/source").textValue()).isEqualTo("drydock");
    }

    private static JsonNode event() throws Exception {
        return PAGERDUTY.json.readTree(PAGERDUTY.last().getBodyAsString());
    }

    private static JsonNode theirTrigger(Notification notification) throws Exception {
        var payload = Payload.Builder.newBuilder()
                .setSummary("CRITICAL: skipped-cycles of triage: no cycle for 2 h <!channel> & \"co\""
                        + " Bcc: all@example.com \uD83D\uDE31")
                .setSource("triage")
                .setSeverity(com.github.dikhan.pagerduty.client.events.domain.Severity.CRITICAL)
                .setTimestamp(notification.at().atOffset(ZoneOffset.UTC))
                .setEventClass("skipped-cycles")
                .setCustomDetails(new JSONObject()
                        .put("details", Notifications.DETAILS)
                        .put("opened_at", "2026-11-23T01:00:07Z")
                        .put("runbook", Notifications.RUNBOOK.toString()))
                .build();
        var trigger = TriggerIncidentBuilder.newBuilder(Receiver.CANARY, payload)
                .setDedupKey(Notifications.ID.toString())
                .setLinks(List.of(new LinkContext(Notifications.RUNBOOK.toString(), "Runbook")))
                .build();
        client().trigger(trigger);
        var theirs = event();
        theirs.withObject("/payload")
                .properties()
                .removeIf(part -> part.getValue().isNull());
        return theirs;
    }

    private static JsonNode theirResolve() throws Exception {
        client().resolve(ResolveIncidentBuilder.newBuilder(Receiver.CANARY, Notifications.ID.toString())
                .build());
        return event();
    }

    private static PagerDutyEventsClient client() {
        PAGERDUTY.answers(aResponse()
                .withStatus(202)
                .withBody("{\"status\": \"success\", \"message\": \"Event processed\", \"dedup_key\": \"x\"}"));
        return PagerDutyEventsClient.create(PAGERDUTY.url() + "/v2/enqueue", false);
    }
}
