package dev.drydock.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A login to the page, kept in a signed cookie.
 *
 * @param name as the person typed it
 * @param cookie the signed text
 */
public record Session(String name, Instant expires, String cookie) {

    static final String COOKIE = "drydock-session";
    static final Duration LASTS = Duration.ofHours(12);

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** Signs sessions and the tokens of their forms, and checks both. */
    @Singleton
    static final class Signer {

        private final AdminToken token;
        private final InstantSource clock;

        Signer(AdminToken token, InstantSource clock) {
            this.token = token;
            this.clock = clock;
        }

        Session begin(String name) {
            var expires = clock.instant().plus(LASTS);
            var content = expires.getEpochSecond() + "." + ENCODER.encodeToString(name.getBytes(UTF_8));
            return new Session(name, expires, content + "." + signature("session", content));
        }

        /** Empty if it has expired, or was signed with another token. */
        Optional<Session> read(@Nullable String cookie) {
            var end = cookie == null ? -1 : cookie.lastIndexOf('.');
            if (cookie == null || end < 0 || token.value().isEmpty()) {
                return Optional.empty();
            }
            var content = cookie.substring(0, end);
            if (!isSame(cookie.substring(end + 1), signature("session", content))) {
                return Optional.empty();
            }
            var parts = content.split("[.]", 2);
            var session = new Session(
                    new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8),
                    Instant.ofEpochSecond(Long.parseLong(parts[0])),
                    cookie);
            return Optional.of(session).filter(found -> found.expires().isAfter(clock.instant()));
        }

        /** What each form of a session contains. Without a login, one for the life of the process. */
        String formToken(@Nullable Session session) {
            return signature("form", session == null ? "" : session.cookie());
        }

        boolean isFormToken(@Nullable String given, @Nullable Session session) {
            return given != null && isSame(given, formToken(session));
        }

        private String signature(String purpose, String text) {
            return ENCODER.encodeToString(token.sign(purpose, text));
        }

        private static boolean isSame(String given, String right) {
            return MessageDigest.isEqual(given.getBytes(UTF_8), right.getBytes(UTF_8));
        }
    }
}
