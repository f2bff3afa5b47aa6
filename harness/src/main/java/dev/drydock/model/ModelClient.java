package dev.drydock.model;

import dev.drydock.config.DrydockConfig;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The client of the model server, at the end of the chain: one request, one response, no retry. */
@Singleton
class ModelClient {

    private final ModelEndpoint endpoint;
    private final ChatCompletions completions;
    private final Duration timeout;

    ModelClient(ModelEndpoint endpoint, ChatCompletions completions, DrydockConfig config) {
        this.endpoint = endpoint;
        this.completions = completions;
        this.timeout = config.model().timeout();
    }

    ModelAnswer send(ModelRequest request) {
        var response = endpoint.post("/chat/completions", completions.body(request), () -> request.timeLeft(timeout));
        return completions.answer(request, response.statusCode(), response.headers(), response.body());
    }
}
