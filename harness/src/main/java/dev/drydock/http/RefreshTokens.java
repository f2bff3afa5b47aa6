package dev.drydock.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.config.HttpSettings;
import dev.drydock.http.AccessTokens.SharedTokensException;
import dev.drydock.http.TokenRequest.Tokens;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The refresh token of one API, which the token server replaces at each use. The newest one is kept, encrypted, for all
 * processes and for the next start, with the access token that came with it: one process requests, the others use its result.
 */
final class RefreshTokens implements AccessTokens.Issuer {

    private static final Logger LOG = Logger.getLogger(RefreshTokens.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Tokens that were issued in exchange for those in {@code base}, and could not be kept. */
    private record Unkept(Optional<String> base, String tokens) {

        boolean replaces(Optional<String> kept) {
            return base.equals(kept);
        }
    }

    private final String api;
    private final String configured;
    private final TokenRequest tokenServer;
    private final SharedTokens shared;
    private final TokenCipher cipher;
    private final InstantSource clock;
    private volatile @Nullable Unkept unkept;

    RefreshTokens(String api, HttpSettings.OAuth oauth, String key, TokenRequest tokenServer, Keeping keeping) {
        this.api = api;
        this.configured = oauth.refreshToken().orElseThrow();
        this.tokenServer = tokenServer;
        this.shared = keeping.shared();
        this.clock = keeping.clock();
        this.cipher =
                new TokenCipher(key, String.join(" ", api, oauth.tokenUrl().toString(), oauth.clientId()));
    }

    /** Where and by which clock tokens are kept. */
    record Keeping(SharedTokens shared, InstantSource clock) {}

    @Override
    public CompletableFuture<Tokens> request(Optional<String> refused) {
        var result = new CompletableFuture<Tokens>();
        var waiting = new Thread(() -> complete(result, refused), "refresh-token");
        waiting.setDaemon(true);
        waiting.start();
        return result;
    }

    private void complete(CompletableFuture<Tokens> result, Optional<String> refused) {
        try {
            result.complete(newest(refused));
        } catch (CompletionException e) {
            result.completeExceptionally(e.getCause() == null ? e : e.getCause());
        } catch (Throwable e) { // or those who wait for the result would wait for ever
            result.completeExceptionally(e instanceof RuntimeException fault ? new SharedTokensException(fault) : e);
        }
    }

    private Tokens newest(Optional<String> refused) {
        try {
            return tokens(shared.exchange(api, kept -> replace(kept, refused)));
        } catch (CompletionException e) {
            throw e;
        } catch (RuntimeException e) {
            var issued = unkept;
            if (issued == null) {
                throw e;
            }
            return tokens(keepAgain(issued));
        }
    }

    /** A token server takes a refresh token once: what it gave for it must not be lost with a connection to the database. */
    private String keepAgain(Unkept issued) {
        try {
            return shared.exchange(api, kept -> issued.replaces(kept) ? keep(issued) : kept.orElse(issued.tokens()));
        } catch (RuntimeException e) {
            LOG.warnf(
                    "The new refresh token of API %s could not be stored (%s); this process keeps it and tries again",
                    api, e.getClass().getSimpleName());
            return issued.tokens();
        }
    }

    private String keep(Unkept issued) {
        unkept = null;
        return issued.tokens();
    }

    private String replace(Optional<String> kept, Optional<String> refused) {
        var issued = unkept;
        var newest = issued != null && issued.replaces(kept) ? Optional.of(issued.tokens()) : kept;
        var known = newest.flatMap(cipher::decrypt).flatMap(this::read);
        if (newest.isPresent()
                && known.filter(tokens -> tokens.areUsable(refused, clock.instant()))
                        .isPresent()) {
            return newest.get();
        }
        var refreshToken = known.flatMap(Tokens::refreshToken).orElse(configured);
        var tokens = tokenServer.send(Optional.of(refreshToken)).join();
        var encrypted = cipher.encrypt(write(tokens));
        unkept = new Unkept(kept, encrypted);
        return encrypted;
    }

    private Tokens tokens(String encrypted) {
        return cipher.decrypt(encrypted).flatMap(this::read).orElseThrow();
    }

    private String write(Tokens tokens) {
        return JSON.createObjectNode()
                .put("of", fingerprint())
                .put("access", tokens.accessToken())
                .put("refresh", tokens.refreshToken().orElse(configured))
                .put("expires", tokens.expiresAt().getEpochSecond())
                .toString();
    }

    /** Empty if it came from another refresh token than the one that is configured now. */
    private Optional<Tokens> read(String text) {
        try {
            var json = JSON.readTree(text);
            return json.path("of").asText().equals(fingerprint())
                    ? Optional.of(new Tokens(
                            json.path("access").asText(),
                            Instant.ofEpochSecond(json.path("expires").asLong()),
                            Optional.of(json.path("refresh").asText())))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private String fingerprint() {
        return UUID.nameUUIDFromBytes(configured.getBytes(UTF_8)).toString();
    }
}
