package dev.drydock.http;

import io.quarkus.oidc.client.Tokens;
import jakarta.enterprise.event.Event;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The access token of one source: asked for when first needed, kept until it expires, replaced when it is refused. */
final class OAuthCredentials {

    private static final Logger LOG = Logger.getLogger(OAuthCredentials.class);

    private final String source;
    private final TokenServer server;
    private final Event<SourceAccess> events;
    private final InstantSource clock;
    private final AtomicBoolean accepted = new AtomicBoolean();
    private @Nullable CompletableFuture<Tokens> latest;

    OAuthCredentials(String source, TokenServer server, Event<SourceAccess> events, InstantSource clock) {
        this.source = source;
        this.server = server;
        this.events = events;
        this.clock = clock;
    }

    /** A token that has not expired. Whoever waits for one at the same time waits for the same request. */
    String token() throws CredentialsRefusedException, InterruptedException {
        return await(usable(null));
    }

    /** A token in place of one that was refused; if it has been replaced meanwhile, without a request. */
    String insteadOf(String refused) throws CredentialsRefusedException, InterruptedException {
        return await(usable(refused));
    }

    /** Tells the world at once, and returns what to throw. */
    CredentialsRefusedException refused(String why) {
        var refusal = new CredentialsRefused(source, why);
        LOG.warnf("The source %s gives no access: %s; what reads it fails, and may try again", source, why);
        accepted.set(false);
        events.fire(refusal);
        return new CredentialsRefusedException(refusal);
    }

    /** Tells the world, unless it knows. */
    void accepted() {
        if (accepted.compareAndSet(false, true)) {
            events.fire(new CredentialsAccepted(source));
        }
    }

    private synchronized CompletableFuture<Tokens> usable(@Nullable String refused) {
        var asked = latest;
        if (asked == null || !serves(asked, refused)) {
            asked = server.ask();
            latest = asked;
        }
        return asked;
    }

    private boolean serves(CompletableFuture<Tokens> asked, @Nullable String refused) {
        if (!asked.isDone()) {
            return true;
        }
        if (asked.isCompletedExceptionally()) {
            return false;
        }
        var tokens = asked.join();
        var expires = tokens.getAccessTokenExpiresAt(); // null: nobody knows
        return !tokens.getAccessToken().equals(refused)
                && (expires == null || clock.instant().isBefore(Instant.ofEpochSecond(expires)));
    }

    private String await(CompletableFuture<Tokens> asked) throws CredentialsRefusedException, InterruptedException {
        try {
            return asked.get().getAccessToken();
        } catch (ExecutionException e) {
            throw refused(TokenServer.reason(e)); // without the cause: its message is the server's answer
        }
    }
}
