package dev.drydock.alert.rule;

import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.Finding;
import dev.drydock.alert.Rule;
import dev.drydock.http.CredentialsAccepted;
import dev.drydock.http.CredentialsRefused;
import dev.drydock.journal.Severity;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** A source takes an agent's credentials no longer, or there is no token to be had. Over when it does again. */
@Singleton
class CredentialsLost implements Rule {

    private final AlertLifecycle book;

    CredentialsLost(AlertLifecycle book) {
        this.book = book;
    }

    @Override
    public String name() {
        return "credentials-lost";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    void refused(@Observes CredentialsRefused event) {
        book.raise(
                this,
                event.source(),
                null,
                new Finding(
                        "The source %s gives no access: %s".formatted(event.source(), event.why()),
                        "A new token was asked for and the request tried once more; cycles are SKIPPED(SOURCE_DOWN) meanwhile.",
                        "drydock.http.%s.oauth: client, secret and refresh token, and whether somebody withdrew the consent."
                                .formatted(event.source())));
    }

    void accepted(@Observes CredentialsAccepted event) {
        book.clear(this, event.source());
    }
}
