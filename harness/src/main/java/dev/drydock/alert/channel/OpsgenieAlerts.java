package dev.drydock.alert.channel;

import dev.drydock.config.AlertSettings;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.http.WebhookClient;
import dev.drydock.http.WebhookClients;
import dev.drydock.journal.Notification;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Opsgenie ({@code OPSGENIE_API_KEY}), for existing accounts: Atlassian shuts it down in April 2027. The alert's id is the
 * alias. An escalation increases the count of the same alert and keeps its priority.
 * https://docs.opsgenie.com/docs/alert-api
 */
@Singleton
class OpsgenieAlerts implements AlertChannel {

    private static final Logger LOG = Logger.getLogger(OpsgenieAlerts.class);

    private static final int LONGEST_MESSAGE = 130;
    private static final int LONGEST_DESCRIPTION = 15_000;
    private static final String SOURCE = "drydock";

    @RegisterForReflection
    record Creation(
            String message,
            String alias,
            String description,
            String source,
            String entity,
            String priority,
            Map<String, String> details) {}

    @RegisterForReflection
    record Closing(String source, String note) {}

    private final WebhookClient opsgenie;
    private final AlertSettings.Opsgenie settings;

    OpsgenieAlerts(DrydockConfig config, WebhookClients targets) {
        this.opsgenie = targets.named("Opsgenie");
        this.settings = config.alerts().opsgenie();
    }

    void warn(@Observes StartupEvent start) {
        if (isOn()) {
            LOG.warn("Opsgenie shuts down in April 2027: configure another alert channel before then");
        }
    }

    @Override
    public String name() {
        return "opsgenie";
    }

    @Override
    public boolean isOn() {
        return settings.apiKey().isPresent();
    }

    @Override
    public boolean wants(Severity severity) {
        return severity.reaches(settings.severity());
    }

    /** A test opens an alert and closes it at once. */
    @Override
    public String send(Notification notification) throws RefusedException, IOException {
        return switch (notification.type()) {
            case OPENED, ESCALATED -> create(notification);
            case RESOLVED -> close(notification);
            case TEST -> {
                create(notification);
                yield close(notification);
            }
        };
    }

    private String create(Notification notification) throws RefusedException, IOException {
        var summary = AlertText.oneLine(notification.summary());
        var creation = new Creation(
                AlertText.cut(AlertText.heading(notification) + ": " + summary, LONGEST_MESSAGE),
                notification.alertId().toString(),
                AlertText.cut(summary + "\n\n" + notification.details(), LONGEST_DESCRIPTION),
                SOURCE,
                notification.agent() == null ? SOURCE : notification.agent(),
                notification.severity() == Severity.CRITICAL ? "P1" : "P3",
                Map.of(
                        "rule", notification.rule(),
                        "openedAt", notification.openedAt().toString(),
                        "runbook", notification.runbook().toString()));
        return post("/v2/alerts", creation);
    }

    private String close(Notification notification) throws RefusedException, IOException {
        return post(
                "/v2/alerts/%s/close?identifierType=alias".formatted(notification.alertId()),
                new Closing(SOURCE, AlertText.oneLine(notification.summary())));
    }

    private String post(String path, Object body) throws RefusedException, IOException {
        var address = AlertPost.below(settings.baseUrl().toString(), path);
        var headers = Map.of("Authorization", "GenieKey " + settings.apiKey().orElseThrow());
        return AlertPost.send(() -> opsgenie.postJson(address, body, headers));
    }
}
