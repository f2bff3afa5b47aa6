package dev.drydock.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.http.HttpApis;
import jakarta.inject.Singleton;

/** The HTTP channels that are set under {@code drydock.http}, by name. */
@Singleton
public class HttpChannels {

    private final HttpApis apis;
    private final ObjectMapper json;

    HttpChannels(HttpApis apis, ObjectMapper json) {
        this.apis = apis;
        this.json = json;
    }

    /** The channel of this name; without a setting of that name it {@linkplain HttpChannel#isOn is off}. */
    public HttpChannel named(String name) {
        return new HttpChannel(name, apis.named(name), json);
    }
}
