package dev.drydock.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.config.DrydockConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Provider;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code DRYDOCK_ADMIN_TOKEN}, and signatures by a key that is derived from it and from the secret at the identity provider:
 * another token or secret makes them invalid.
 */
@ApplicationScoped
public class AdminToken {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    /** Asked at each request: filters are made before settings can be read. */
    private final Provider<DrydockConfig> config;

    /** Signs where there is neither, for the life of this process. */
    private final byte[] unset = new byte[KEY_BYTES];

    AdminToken(Provider<DrydockConfig> config) {
        this.config = config;
        new SecureRandom().nextBytes(unset);
    }

    public Optional<String> value() {
        return config.get().adminToken().filter(token -> !token.isBlank());
    }

    /** Takes as long for a wrong token as for the right one; false if none is set. */
    public boolean matches(String given) {
        return value().map(token -> MessageDigest.isEqual(given.getBytes(UTF_8), token.getBytes(UTF_8)))
                .orElse(false);
    }

    /**
     * The signature of a text.
     *
     * @param purpose keeps a signature from being used for something else
     */
    public byte[] sign(String purpose, String text) {
        var secrets =
                Stream.of(value(), clientSecret()).flatMap(Optional::stream).collect(Collectors.joining("\n"));
        var key = secrets.isEmpty() ? unset : secrets.getBytes(UTF_8);
        return hmac(hmac(key, "drydock " + purpose), text);
    }

    /** With it in the key, nobody who has only the token can sign as a person whom the provider knows. */
    Optional<String> clientSecret() {
        return config.get().oidc().clientSecret();
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
