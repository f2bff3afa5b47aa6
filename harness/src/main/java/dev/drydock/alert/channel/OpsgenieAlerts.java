package dev.drydock.alert.channel;

import dev.drydock.config.AlertSettings;
import dev.drydock.config.DrydockConfig;
import dev.drydock.http.WebhookClient;
import dev.drydock.http.WebhookClients;
import dev.drydock.journal.Notice;
import dev.drydock.journal.Severity;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Opsgenie ({@code OPSGENIE_API_KEY}), which Atlassian switches off in April 2027: for accounts that are still there. An
 * alert is opened and closed by its id as alias; an escalation counts on the same one, and leaves its priority.
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
        this.opsgenie = targets.named("Opsgenie", config.alerts().timeout());
        this.settings = config.alerts().opsgenie();
    }

    void warn(@Observes StartupEvent start) {
        if (isOn()) {
            LOG.warn("Opsgenie ends in April 2027, and alerts will no longer arrive there: set another channel before");
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
    public String send(Notice notice) throws NoticeRefusedException, IOException {
        return switch (notice.turn()) {
            case OPENED, ESCALATED -> create(notice);
            case RESOLVED -> close(notice);
            case TEST -> {
                create(notice);
                yield close(notice);
            }
        };
    }

    private String create(Notice notice) throws NoticeRefusedException, IOException {
        var summary = Wording.oneLine(notice.summary());
        var creation = new Creation(
                Wording.cut(Wording.heading(notice) + ": " + summary, LONGEST_MESSAGE),
                notice.alertId().toString(),
                Wording.cut(summary + "\n\n" + notice.details(), LONGEST_DESCRIPTION),
                SOURCE,
                notice.agent() == null ? SOURCE : notice.agent(),
                notice.severity() == Severity.CRITICAL ? "P1" : "P3",
                Map.of(
                        "rule", notice.rule(),
                        "openedAt", notice.openedAt().toString(),
                        "runbook", notice.runbook().toString()));
        return post("/v2/alerts", creation);
    }

    private String close(Notice notice) throws NoticeRefusedException, IOException {
        return post(
                "/v2/alerts/%s/close?identifierType=alias".formatted(notice.alertId()),
                new Closing(SOURCE, Wording.oneLine(notice.summary())));
    }

    private String post(String path, Object body) throws NoticeRefusedException, IOException {
        var address = Addresses.below(settings.baseUrl().toString(), path);
        var headers = Map.of("Authorization", "GenieKey " + settings.apiKey().orElseThrow());
        return AlertPost.of(() -> opsgenie.postJson(address, body, headers));
    }
}
