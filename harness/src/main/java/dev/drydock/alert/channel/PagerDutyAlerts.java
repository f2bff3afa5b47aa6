package dev.drydock.alert.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drydock.config.AlertSettings;
import dev.drydock.config.DrydockConfig;
import dev.drydock.http.WebhookClient;
import dev.drydock.http.WebhookClients;
import dev.drydock.journal.Notice;
import dev.drydock.journal.Severity;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PagerDuty, by its Events API v2 ({@code PAGERDUTY_ROUTING_KEY}). An alert is one incident, from trigger to resolve, and
 * its id the key: however often a turn is sent, nobody is called twice.
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
        this.pagerDuty = targets.named("PagerDuty", config.alerts().timeout());
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
    public String send(Notice notice) throws NoticeRefusedException, IOException {
        return switch (notice.turn()) {
            case OPENED, ESCALATED -> post(trigger(notice));
            case RESOLVED -> post(resolve(notice));
            case TEST -> {
                post(trigger(notice));
                yield post(resolve(notice));
            }
        };
    }

    private String post(Event event) throws NoticeRefusedException, IOException {
        var address = Addresses.below(settings.baseUrl().toString(), "/v2/enqueue");
        return AlertPost.of(() -> pagerDuty.postJson(address, event, Map.of()));
    }

    private Event trigger(Notice notice) {
        var payload = new Payload(
                Wording.cut(Wording.heading(notice) + ": " + Wording.oneLine(notice.summary()), LONGEST_SUMMARY),
                notice.agent() == null ? "drydock" : notice.agent(),
                notice.severity().name().toLowerCase(Locale.ROOT),
                notice.at().toString(),
                notice.rule(),
                Map.of(
                        "details", notice.details(),
                        "opened_at", notice.openedAt().toString(),
                        "runbook", notice.runbook().toString()));
        return event("trigger", notice, payload, links(notice));
    }

    /** PagerDuty takes whole addresses only. */
    private static @Nullable List<Link> links(Notice notice) {
        return notice.runbook().isAbsolute() ? List.of(new Link(notice.runbook().toString(), "Runbook")) : null;
    }

    private Event resolve(Notice notice) {
        return event("resolve", notice, null, null);
    }

    private Event event(String action, Notice notice, @Nullable Payload payload, @Nullable List<Link> links) {
        var key = settings.routingKey().orElseThrow();
        return new Event(key, action, notice.alertId().toString(), payload, links);
    }
}
