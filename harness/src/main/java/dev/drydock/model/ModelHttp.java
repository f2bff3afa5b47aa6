package dev.drydock.model;

import dev.drydock.http.RetryAfter;
import dev.langchain4j.model.openai.internal.chat.ChatCompletionRequest;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import java.time.InstantSource;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

/**
 * Sets the HTTP client of the model server: lets as many calls be in flight as the agents ask for, where it would stop at
 * 50 by itself, and hears what the server says of its load.
 */
public final class ModelHttp implements RestClientListener {

    private static final int CONNECTIONS = 512;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    /** The platform's name for the interface of a server that speaks OpenAI's protocol. */
    private static final String MODEL_API = "io.quarkiverse.langchain4j.openai.common.OpenAiRestApi";

    @Override
    public void onNewClient(Class<?> serviceInterface, RestClientBuilder builder) {
        if (serviceInterface.getName().equals(MODEL_API)) {
            builder.property("io.quarkus.rest.client.connection-pool-size", CONNECTIONS);
            builder.register(new HearLoad(
                    CDI.current().select(RateLimit.class).get(),
                    CDI.current().select(InstantSource.class).get()));
        }
    }

    /** Keeps to {@code Retry-After}. */
    static final class HearLoad implements ClientResponseFilter {

        private final RateLimit pace;
        private final InstantSource clock;

        HearLoad(RateLimit pace, InstantSource clock) {
            this.pace = pace;
            this.clock = clock;
        }

        @Override
        public void filter(ClientRequestContext request, ClientResponseContext response) {
            if (response.getStatus() == TOO_MANY_REQUESTS || response.getStatus() == UNAVAILABLE) {
                var model = request.getEntity() instanceof ChatCompletionRequest question ? question.model() : "";
                RetryAfter.parse(response.getHeaderString("Retry-After"), clock.instant())
                        .ifPresent(until -> pace.pauseUntil(model, until));
            }
        }
    }
}
