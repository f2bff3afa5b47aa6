package dev.drydock.alert.rule;

import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.http.CredentialsEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** An API refuses new access tokens, or the token server issues none. Resolved when the API accepts a token. */
@Singleton
class CredentialsLost implements AlertRule {

    private final AlertLifecycle alerts;

    CredentialsLost(AlertLifecycle alerts) {
        this.alerts = alerts;
    }

    @Override
    public String name() {
        return "credentials-lost";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    void refused(@Observes CredentialsEvent.Refused event) {
        alerts.raise(
                this,
                event.api(),
                null,
                new Finding(
                        "API %s refused access: %s".formatted(event.api(), event.reason()),
                        "A new token did not help. Cycles that need this API are skipped (SOURCE_DOWN).",
                        "Check drydock.http.%s.oauth (client, secret, refresh token), and whether the consent was withdrawn."
                                .formatted(event.api())));
    }

    void accepted(@Observes CredentialsEvent.Accepted event) {
        alerts.clear(this, event.api());
    }
}
