package dev.drydock.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.config.DrydockConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The client of the model server, at the end of the chain: one request, one response, no retry. */
@Singleton
class ModelClient {

    private final ModelEndpoint endpoint;
    private final Duration timeout;
    private final InstantSource clock;
    private final RequestBody body;
    private final ReadAnswer answers;
    private final ReadFault faults;

    ModelClient(ModelEndpoint endpoint, DrydockConfig config, ObjectMapper mapper, InstantSource clock) {
        this.endpoint = endpoint;
        this.timeout = config.model().timeout();
        this.clock = clock;
        this.body = new RequestBody(mapper, config.model().temperature());
        this.answers = new ReadAnswer(mapper);
        this.faults = new ReadFault(mapper);
    }

    ModelAnswer send(ModelRequest request) {
        var response = endpoint.post("/chat/completions", body.of(request), () -> request.timeLeft(timeout));
        var status = response.statusCode();
        var answer =
                status / 100 == 2 ? answers.read(response.headers(), response.body()) : Optional.<ModelAnswer>empty();
        return answer.orElseThrow(() -> faults.read(
                        status,
                        response.headers(),
                        response.body(),
                        request.dialect().sent(request.schema() != null),
                        request.dialect().outputTokens(request.chosen()),
                        clock.instant())
                .exception(null));
    }
}
