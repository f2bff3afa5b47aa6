package dev.drydock.alert.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drydock.config.AlertSettings;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.http.WebhookClient;
import dev.drydock.http.WebhookClients;
import dev.drydock.journal.Notification;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PagerDuty, by its Events API v2 ({@code PAGERDUTY_ROUTING_KEY}). An alert is one incident with the alert's id as its key, so
 * sending a notification again does not page again.
 * https://developer.pagerduty.com/docs/events-api-v2-overview
 */
@Singleton
class PagerDutyAlerts implements AlertChannel {

    private static final int LONGEST_SUMMARY = 1024;

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Event(
            @JsonProperty("routing_key") String routingKey,
            @JsonProperty("event_action") String action,
            @JsonProperty("dedup_key") String key,
            @Nullable Payload payload,
            @Nullable List<Link> links) {}

    @RegisterForReflection
    record Payload(
            String summary,
            String source,
            String severity,
            String timestamp,
            @JsonProperty("class") String type,
            @JsonProperty("custom_details") Map<String, String> details) {}

    @RegisterForReflection
    record Link(String href, String text) {}

    private final WebhookClient pagerDuty;
    private final AlertSettings.PagerDuty settings;

    PagerDutyAlerts(DrydockConfig config, WebhookClients targets) {
        this.pagerDuty = targets.named("PagerDuty");
        this.settings = config.alerts().pagerduty();
    }

    @Override
    public String name() {
        return "pagerduty";
    }

    @Override
    public boolean isOn() {
        return settings.routingKey().isPresent();
    }

    @Override
    public boolean wants(Severity severity) {
        return severity.reaches(settings.severity());
    }

    /** A test opens an incident and resolves it at once. */
    @Override
    public String send(Notification notification) throws RefusedException, IOException {
        return switch (notification.type()) {
            case OPENED, ESCALATED -> post(trigger(notification));
            case RESOLVED -> post(resolve(notification));
            case TEST -> {
                post(trigger(notification));
                yield post(resolve(notification));
            }
        };
    }

    private String post(Event event) throws RefusedException, IOException {
        var address = AlertPost.below(settings.baseUrl().toString(), "/v2/enqueue");
        return AlertPost.send(() -> pagerDuty.postJson(address, event, Map.of()));
    }

    private Event trigger(Notification notification) {
        var payload = new Payload(
                AlertText.cut(
                        AlertText.heading(notification) + ": " + AlertText.oneLine(notification.summary()),
                        LONGEST_SUMMARY),
                notification.agent() == null ? "drydock" : notification.agent(),
                notification.severity().name().toLowerCase(Locale.ROOT),
                notification.at().toString(),
                notification.rule(),
                Map.of(
                        "details", notification.details(),
                        "opened_at", notification.openedAt().toString(),
                        "runbook", notification.runbook().toString()));
        return event("trigger", notification, payload, links(notification));
    }

    /** PagerDuty accepts absolute addresses only. */
    private static @Nullable List<Link> links(Notification notification) {
        return notification.runbook().isAbsolute()
                ? List.of(new Link(notification.runbook().toString(), "Runbook"))
                : null;
    }

    private Event resolve(Notification notification) {
        return event("resolve", notification, null, null);
    }

    private Event event(
            String action, Notification notification, @Nullable Payload payload, @Nullable List<Link> links) {
        var key = settings.routingKey().orElseThrow();
        return new Event(key, action, notification.alertId().toString(), payload, links);
    }
}
