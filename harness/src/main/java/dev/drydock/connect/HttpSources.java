package dev.drydock.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.config.SettingsException;
import dev.drydock.http.HttpApis;
import jakarta.inject.Singleton;

/** The HTTP sources that are set under {@code drydock.http}, by name. */
@Singleton
public class HttpSources {

    private final HttpApis apis;
    private final ObjectMapper json;

    HttpSources(HttpApis apis, ObjectMapper json) {
        this.apis = apis;
        this.json = json;
    }

    /**
     * The source of this name. Ask for it in the agent's constructor, so that a missing setting ends the start.
     *
     * @throws SettingsException if there is none
     */
    public HttpSource named(String name) {
        return apis.named(name)
                .map(api -> new HttpSource(api, json))
                .orElseThrow(() -> new SettingsException(
                        "drydock.http.%s.url is missing: set it to the address of what an agent reads"
                                .formatted(name)));
    }
}
