package dev.drydock.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.config.DrydockConfig;
import jakarta.inject.Singleton;
import java.net.http.HttpHeaders;
import java.time.InstantSource;
import java.util.Optional;

/** The bodies of chat completions: what is sent for a request, and what a response says. */
@Singleton
class ChatCompletions {

    private final RequestBody body;
    private final ReadAnswer answers;
    private final ReadFault faults;
    private final InstantSource clock;

    ChatCompletions(DrydockConfig config, ObjectMapper mapper, InstantSource clock) {
        this.body = new RequestBody(mapper, config.model().temperature());
        this.answers = new ReadAnswer(mapper);
        this.faults = new ReadFault(mapper);
        this.clock = clock;
    }

    ObjectNode body(ModelRequest request) {
        return body.of(request);
    }

    /** Throws what {@link ModelFault} describes if the response carries no answer. */
    ModelAnswer answer(ModelRequest request, int status, HttpHeaders headers, byte[] response) {
        var answer = status / 100 == 2 ? answers.read(headers, response) : Optional.<ModelAnswer>empty();
        return answer.orElseThrow(() -> faults.read(
                        status,
                        headers,
                        response,
                        request.dialect().sent(request.schema() != null),
                        request.dialect().outputTokens(request.chosen()),
                        clock.instant())
                .exception(null));
    }
}
