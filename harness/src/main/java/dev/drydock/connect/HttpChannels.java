package dev.drydock.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.http.HttpApis;
import dev.drydock.http.RequestPaces;
import jakarta.inject.Singleton;

/** The HTTP channels that are set under {@code drydock.http}, by name. */
@Singleton
public class HttpChannels {

    private final HttpApis apis;
    private final RequestPaces paces;
    private final ObjectMapper json;

    HttpChannels(HttpApis apis, RequestPaces paces, ObjectMapper json) {
        this.apis = apis;
        this.paces = paces;
        this.json = json;
    }

    /** The channel of this name; without a setting of that name it {@linkplain HttpChannel#isOn is off}. */
    public HttpChannel named(String name) {
        return new HttpChannel(name, apis.named(name), paces, json);
    }
}
