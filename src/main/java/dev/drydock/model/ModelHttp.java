package dev.drydock.model;

import dev.langchain4j.model.openai.internal.chat.ChatCompletionRequest;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;
import org.jspecify.annotations.Nullable;

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
            builder.register(new RetryAfter(
                    CDI.current().select(PaceCalls.class).get(),
                    CDI.current().select(InstantSource.class).get()));
        }
    }

    /** Keeps to {@code Retry-After}, in seconds or as a date. https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
    static final class RetryAfter implements ClientResponseFilter {

        private final PaceCalls pace;
        private final InstantSource clock;

        RetryAfter(PaceCalls pace, InstantSource clock) {
            this.pace = pace;
            this.clock = clock;
        }

        @Override
        public void filter(ClientRequestContext request, ClientResponseContext response) {
            if (response.getStatus() == TOO_MANY_REQUESTS || response.getStatus() == UNAVAILABLE) {
                var model = request.getEntity() instanceof ChatCompletionRequest question ? question.model() : "";
                parse(response.getHeaderString("Retry-After"), clock.instant())
                        .ifPresent(until -> pace.pauseUntil(model, until));
            }
        }

        static Optional<Instant> parse(@Nullable String header, Instant now) {
            if (header == null || header.isBlank()) {
                return Optional.empty();
            }
            try {
                return Optional.of(
                        header.strip().matches("\\d{1,9}(\\.\\d+)?")
                                ? now.plusMillis((long) (Double.parseDouble(header.strip()) * 1000))
                                : ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                        .toInstant());
            } catch (DateTimeException e) {
                return Optional.empty(); // the stage's own pauses must do
            }
        }
    }
}
