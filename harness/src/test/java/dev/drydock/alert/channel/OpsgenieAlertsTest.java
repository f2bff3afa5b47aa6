package dev.drydock.alert.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.ifountain.opsgenie.client.swagger.model.CloseAlertRequest;
import com.ifountain.opsgenie.client.swagger.model.CreateAlertRequest;
import com.ifountain.opsgenie.client.swagger.model.CreateAlertRequest.PriorityEnum;
import dev.drydock.TestSettings;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.connect.LogLines;
import dev.drydock.journal.Notification;
import io.quarkus.runtime.StartupEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpsgenieAlertsTest {

    @RegisterExtension
    static final Receiver OPSGENIE = new Receiver();

    private final OpsgenieAlerts opsgenie = new OpsgenieAlerts(OPSGENIE.config(), OPSGENIE.targets);

    @Test
    void creates_an_alert_that_opsgenies_own_model_knows_each_part_of() throws Exception {
        assertThat(opsgenie.send(Notifications.at(Notification.Type.OPENED))).isEqualTo("Opsgenie answered 202");

        assertThat(OPSGENIE.last().getUrl()).isEqualTo("/v2/alerts");
        assertThat(OPSGENIE.last().getHeader("Authorization")).isEqualTo("GenieKey " + Receiver.CANARY);
        assertThat(created())
                .isEqualTo(new CreateAlertRequest()
                        .message("CRITICAL: skipped-cycles of triage: no cycle for 2 h <!channel> & \"co\""
                                + " Bcc: all@example.com \uD83D\uDE31")
                        .alias(Notifications.ID.toString())
                        .description("no cycle for 2 h <!channel> & \"co\" Bcc: all@example.com \uD83D\uDE31\n\n"
                                + Notifications.DETAILS)
                        .source("drydock")
                        .entity("triage")
                        .priority(PriorityEnum.P1)
                        .details(Map.of(
                                "rule", "skipped-cycles",
                                "openedAt", "2026-11-23T01:00:07Z",
                                "runbook", Notifications.RUNBOOK.toString())));
    }

    @Test
    void closes_it_by_its_alias() throws Exception {
        opsgenie.send(Notifications.at(Notification.Type.RESOLVED, Severity.CRITICAL, "cycles complete again"));

        assertThat(OPSGENIE.last().getUrl()).isEqualTo("/v2/alerts/%s/close?identifierType=alias", Notifications.ID);
        assertThat(OPSGENIE.last().getHeader("Authorization")).isEqualTo("GenieKey " + Receiver.CANARY);
        assertThat(read(CloseAlertRequest.class))
                .isEqualTo(new CloseAlertRequest().source("drydock").note("cycles complete again"));
    }

    @Test
    void counts_an_escalation_on_the_same_alert_and_closes_a_test_at_once() throws Exception {
        opsgenie.send(Notifications.at(Notification.Type.ESCALATED));
        assertThat(created().getAlias()).isEqualTo(Notifications.ID.toString());

        opsgenie.send(Notifications.at(Notification.Type.TEST));
        assertThat(OPSGENIE.requests())
                .extracting(request -> request.getUrl().replaceFirst("[?].*", ""))
                .containsExactly("/v2/alerts", "/v2/alerts", "/v2/alerts/" + Notifications.ID + "/close");
    }

    @Test
    void cuts_what_is_longer_than_opsgenie_takes() throws Exception {
        opsgenie.send(Notifications.at(Notification.Type.OPENED, Severity.WARNING, "x".repeat(20_000)));

        assertThat(created().getMessage()).hasSize(130).endsWith("…");
        assertThat(created().getDescription()).hasSize(15_000).endsWith("…");
        assertThat(created().getPriority()).isEqualTo(PriorityEnum.P3);
    }

    @Test
    void says_at_start_that_its_days_are_numbered() {
        try (var log = new LogLines(OpsgenieAlerts.class)) {
            new OpsgenieAlerts(TestSettings.of(Map.of()), OPSGENIE.targets).warn(new StartupEvent());
            assertThat(log.lines).isEmpty();

            opsgenie.warn(new StartupEvent());
            assertThat(log.lines).singleElement().asString().contains("April 2027");
        }
    }

    @Test
    void wants_critical_alerts_only() {
        assertThat(opsgenie.wants(Severity.CRITICAL)).isTrue();
        assertThat(opsgenie.wants(Severity.WARNING)).isFalse();
    }

    @Test
    void is_read_by_a_model_that_refuses_what_it_does_not_know() {
        assertThatThrownBy(() -> OPSGENIE.json.readValue("{\"colour\": \"red\"}", CreateAlertRequest.class))
                .isInstanceOf(UnrecognizedPropertyException.class);
    }

    private static CreateAlertRequest created() throws Exception {
        return read(CreateAlertRequest.class);
    }

    private static <T> T read(Class<T> type) throws Exception {
        return OPSGENIE.json.readValue(OPSGENIE.last().getBodyAsString(), type);
    }
}
