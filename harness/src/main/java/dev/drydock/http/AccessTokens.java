package dev.drydock.http;

import dev.drydock.http.TokenRequest.NoTokenException;
import dev.drydock.http.TokenRequest.Tokens;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The OAuth access token of one API: requested when first needed, kept until it expires, replaced when the API refuses it. */
final class AccessTokens {

    /** Where new tokens come from. */
    @FunctionalInterface
    interface Issuer {

        /**
         * Does not wait.
         *
         * @param refused a token that the API refused
         */
        CompletableFuture<Tokens> request(Optional<String> refused);
    }

    private final Issuer issuer;
    private final InstantSource clock;
    private @Nullable CompletableFuture<Tokens> latest;

    AccessTokens(Issuer issuer, InstantSource clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * A token that has not expired. Threads that need one at the same time share one request.
     *
     * @param refused a token that the API refused, and that is not returned again
     */
    String get(Optional<String> refused) throws NoTokenException, InterruptedException {
        try {
            return usable(refused).get().accessToken();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SharedTokensException fault) {
                throw fault.cause();
            }
            throw TokenRequest.noToken(e.getCause() == null ? e : e.getCause());
        }
    }

    private synchronized CompletableFuture<Tokens> usable(Optional<String> refused) {
        var tokens = latest;
        if (tokens == null || !isUsable(tokens, refused)) {
            tokens = issuer.request(refused);
            latest = tokens;
        }
        return tokens;
    }

    private boolean isUsable(CompletableFuture<Tokens> requested, Optional<String> refused) {
        if (!requested.isDone()) {
            return true;
        }
        return !requested.isCompletedExceptionally() && requested.join().areUsable(refused, clock.instant());
    }

    /** The tokens of all processes cannot be read or kept: no fault of the token server. */
    static final class SharedTokensException extends RuntimeException {

        private static final long serialVersionUID = 1;

        SharedTokensException(RuntimeException cause) {
            super(cause);
        }

        private RuntimeException cause() {
            return getCause() instanceof RuntimeException cause ? cause : this;
        }
    }
}
