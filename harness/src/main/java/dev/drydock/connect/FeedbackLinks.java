package dev.drydock.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.agent.DeliveryKey;
import dev.drydock.agent.Item;
import dev.drydock.config.DrydockConfig;
import dev.drydock.http.TokenCipher;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Links for a delivered message, by which its reader says whether the decision was right. They are on where
 * {@code DRYDOCK_PUBLIC_URL} and {@code DRYDOCK_ENCRYPTION_KEY} are set.
 *
 * <p>A link is good for one verdict about one output, for 30 days, and nobody can make or read one without the key. Opening it
 * records nothing, because mail scanners open links: its page asks for a click.
 */
@Singleton
public class FeedbackLinks {

    private static final Duration VALID = Duration.ofDays(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The links of one output. */
    public record Links(URI right, URI wrong) {}

    /** What a link says. */
    public record Link(String agent, String itemId, String itemVersion, boolean right, Instant expires) {}

    private final Optional<String> base;
    private final Optional<TokenCipher> cipher;
    private final InstantSource clock;

    FeedbackLinks(DrydockConfig config, InstantSource clock) {
        this.base = config.publicUrl().map(url -> url.toString().replaceFirst("/+$", "") + "/f/");
        this.cipher = config.encryptionKey().map(key -> new TokenCipher(key, "feedback link"));
        this.clock = clock;
    }

    /** Empty if links are off. */
    public Optional<Links> of(Item item, DeliveryKey key) {
        return base.flatMap(url ->
                cipher.map(with -> new Links(link(url, with, item, key, true), link(url, with, item, key, false))));
    }

    private URI link(String url, TokenCipher with, Item item, DeliveryKey key, boolean right) {
        var text = JSON.createArrayNode()
                .add(key.value().substring(0, key.value().lastIndexOf('-')))
                .add(item.id())
                .add(item.version())
                .add(right)
                .add(clock.instant().plus(VALID).getEpochSecond());
        return URI.create(url + urlSafe(with.encrypt(text.toString())));
    }

    /** What a token from an address says; empty if it was not made here. Whether it has expired is the caller's to see. */
    public Optional<Link> read(String token) {
        return cipher.flatMap(with -> with.decrypt(base64(token))).map(FeedbackLinks::parse);
    }

    private static Link parse(String text) {
        try {
            var parts = JSON.readTree(text);
            return new Link(
                    parts.path(0).asText(),
                    parts.path(1).asText(),
                    parts.path(2).asText(),
                    parts.path(3).asBoolean(),
                    Instant.ofEpochSecond(parts.path(4).asLong()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was encrypted here is no JSON", e);
        }
    }

    private static String urlSafe(String base64) {
        return base64.replace('+', '-').replace('/', '_').replace("=", "");
    }

    private static String base64(String urlSafe) {
        return urlSafe.replace('-', '+').replace('_', '/');
    }
}
