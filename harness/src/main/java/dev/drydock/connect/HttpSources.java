package dev.drydock.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.config.SettingsException;
import dev.drydock.http.HttpApis;
import dev.drydock.http.RequestPaces;
import jakarta.inject.Singleton;

/** The HTTP sources that are set under {@code drydock.http}, by name. */
@Singleton
public class HttpSources {

    private final HttpApis apis;
    private final RequestPaces paces;
    private final ObjectMapper json;

    HttpSources(HttpApis apis, RequestPaces paces, ObjectMapper json) {
        this.apis = apis;
        this.paces = paces;
        this.json = json;
    }

    /**
     * The source of this name. Call it in the agent's constructor, so that a missing setting stops the start.
     *
     * @throws SettingsException if {@code drydock.http.NAME.url} is not set
     */
    public HttpSource named(String name) {
        return apis.named(name)
                .map(api -> new HttpSource(api, paces.of(api), json))
                .orElseThrow(() -> new SettingsException(
                        "drydock.http.%s.url is missing: set it to the API's address".formatted(name)));
    }
}
