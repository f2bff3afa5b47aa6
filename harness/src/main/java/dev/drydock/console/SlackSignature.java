package dev.drydock.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.config.DrydockConfig;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests of Slack from others: by their signature, which is good for five minutes and for one request.
 *
 * @see <a href="https://docs.slack.dev/authentication/verifying-requests-from-slack">how Slack signs</a>
 */
@Singleton
final class SlackSignature {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final String ALGORITHM = "HmacSHA256";

    private final Optional<String> secret;
    private final InstantSource clock;

    /** The signatures of the last minutes, with the time until which they would be good. */
    private final Map<String, Instant> seen = new ConcurrentHashMap<>();

    SlackSignature(DrydockConfig config, InstantSource clock) {
        this.secret = config.slack().signingSecret();
        this.clock = clock;
    }

    boolean isOn() {
        return secret.isPresent();
    }

    /** Whether Slack has sent this body, just now and not before. */
    boolean accepts(@Nullable String timestamp, @Nullable String signature, String body) {
        if (secret.isEmpty() || timestamp == null || signature == null || !timestamp.matches("\\d{1,12}")) {
            return false;
        }
        var now = clock.instant();
        var sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
        if (Duration.between(sent, now).abs().compareTo(WINDOW) > 0) {
            return false;
        }
        var right = "v0=" + hmac(secret.get(), "v0:" + timestamp + ":" + body);
        if (!MessageDigest.isEqual(right.getBytes(UTF_8), signature.getBytes(UTF_8))) {
            return false;
        }
        seen.values().removeIf(until -> until.isBefore(now));
        return seen.putIfAbsent(signature, sent.plus(WINDOW)) == null;
    }

    static String hmac(String secret, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("required algorithm is missing: " + ALGORITHM, e);
        }
    }
}
