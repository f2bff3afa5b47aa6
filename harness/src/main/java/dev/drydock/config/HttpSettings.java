package dev.drydock.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One API, to read from and to write to. */
public interface HttpSettings {

    /** The base address of the API. */
    @WithConverter(Converters.WebAddress.class)
    URI url();

    /** Timeout of one request, to the end of its response. A token request has its own. */
    @WithDefault("30s")
    Duration timeout();

    /** An answer with a larger body is a failure. */
    @WithDefault("10485760")
    @Min(1024)
    int maxBytes();

    /** Requests that the API takes in a second. Without it, the pace is learned from its refusals. */
    Optional<@DecimalMin("0.001") Double> perSecond();

    /** Without it, requests carry no credentials. */
    Optional<OAuth> oauth();

    /** A folder that replaces the API in dev mode and tests if no address is set. */
    Optional<Path> samples();

    /** How access tokens are requested: by client credentials, or by a refresh token if one is set. */
    interface OAuth {

        /** The token endpoint of the authorization server. */
        @WithConverter(Converters.WebAddress.class)
        URI tokenUrl();

        String clientId();

        String clientSecret();

        /**
         * Represents the person who authorized the client. If the server replaces it, the newest one is kept in the
         * database, encrypted; without {@code drydock.encryption-key} only this process knows it, until it ends.
         */
        Optional<String> refreshToken();

        Optional<List<String>> scopes();

        /** Further parameters of the token request, such as {@code audience} or {@code resource}. */
        Map<String, String> parameters();
    }
}
