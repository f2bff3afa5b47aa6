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
 * @param name as the person typed it, or as the identity provider knows it
 * @param cookie the signed text
 */
public record Session(String name, Role role, Instant expires, String cookie) {

    /** What a person may do. */
    public enum Role {

        /** Read everything. */
        VIEWER,

        /** Approve, reject, correct and start, too. */
        APPROVER
    }

    static final String COOKIE = "drydock-session";
    static final Duration LASTS = Duration.ofHours(12);

    /** Of the signature. Another form of the content needs another purpose, or an older release misreads it. */
    private static final String PURPOSE = "session with a role";

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

        Session begin(String name, Role role) {
            var expires = clock.instant().plus(LASTS);
            var content =
                    "%d.%s.%s".formatted(expires.getEpochSecond(), role, ENCODER.encodeToString(name.getBytes(UTF_8)));
            return new Session(name, role, expires, content + "." + signature(PURPOSE, content));
        }

        /** Empty if it has expired, or was signed with another key. */
        Optional<Session> read(@Nullable String cookie) {
            var end = cookie == null ? -1 : cookie.lastIndexOf('.');
            if (cookie == null || end < 0) {
                return Optional.empty();
            }
            var content = cookie.substring(0, end);
            if (!isSame(cookie.substring(end + 1), signature(PURPOSE, content))) {
                return Optional.empty();
            }
            var parts = content.split("[.]", 3);
            var session = new Session(
                    new String(Base64.getUrlDecoder().decode(parts[2]), UTF_8),
                    Role.valueOf(parts[1]),
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
