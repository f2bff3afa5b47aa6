package dev.drydock.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One API, to read from and to write to. */
public interface HttpSettings {

    /** What an agent reads or writes lies below this address. */
    @WithConverter(WebAddressConverter.class)
    URI url();

    /** Of one request, from its sending to the end of its answer; asking for a token is a request of its own. */
    @WithDefault("30s")
    Duration timeout();

    /** Without it, requests carry no credentials. */
    Optional<OAuth> oauth();

    /** A folder that a stand-in serves as such an API in dev mode and tests, where no address is set. */
    Optional<Path> samples();

    /** How access tokens are got: by the client's own credentials, or by a refresh token if there is one. */
    interface OAuth {

        /** Where the authorization server gives tokens. */
        @WithConverter(WebAddressConverter.class)
        URI tokenUrl();

        String clientId();

        String clientSecret();

        /**
         * Stands for the person who allowed the client in. If the server replaces it with each use, the newest is known to
         * this process alone: it does for one process, until that one ends.
         */
        Optional<String> refreshToken();

        Optional<List<String>> scopes();

        /** What else the server wants to be told, such as {@code audience} or {@code resource}. */
        Map<String, String> parameters();
    }
}
