package dev.drydock.config;

import io.smallrye.config.WithConverter;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.Optional;

/** The identity provider by which people log in to the page: the first three settings, or none. */
public interface OidcSettings {

    /** Its address, below which {@code /.well-known/openid-configuration} is found. */
    Optional<@WithConverter(Converters.WebAddress.class) URI> issuer();

    /** How the provider knows this program. */
    Optional<String> clientId();

    Optional<@Pattern(regexp = AlertSettings.KEY, message = AlertSettings.NO_KEY) String> clientSecret();

    /** The claim of the ID token that has a person's roles; its parts are separated by slashes. */
    Optional<String> rolesClaim();
}
