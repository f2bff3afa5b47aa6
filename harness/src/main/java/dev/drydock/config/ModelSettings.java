package dev.drydock.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The door to the language models: one endpoint that speaks OpenAI's protocol. */
public interface ModelSettings {

    @WithDefault("${OPENAI_BASE_URL:https://api.openai.com/v1}")
    @WithConverter(Converters.WebAddress.class)
    URI baseUrl();

    @WithDefault("${OPENAI_API_KEY:}")
    Optional<@Pattern(regexp = AlertSettings.KEY, message = AlertSettings.NO_KEY) String> apiKey();

    @WithDefault("${OPENAI_MODEL:gpt-4.1-mini}")
    String name();

    /** Answers where a call site asks for the cheap tier. */
    Optional<String> cheap();

    /** Answers while the circuit of the model that was asked is open. */
    Optional<String> fallback();

    /** Left out for models that take none. */
    @WithDefault("0")
    double temperature();

    /**
     * The longest answer, in tokens. Its price is part of what is reserved before a call. Without it, what the schema of the
     * answer allows, and 4,096 at most.
     */
    Optional<@Min(16) Integer> maxOutputTokens();

    /** Of one call, from its sending to its answer. */
    @WithDefault("50s")
    Duration timeout();

    /** Calls in flight at the same time, of all agents of this process. */
    @WithDefault("64")
    @Min(1)
    @Max(512)
    int concurrency();

    /** Calls that this process sends in a minute, evenly spread. */
    Optional<@Min(1) Integer> callsPerMinute();

    /** How long a call waits for its turn, or for what a server's Retry-After asks, before it gives up. */
    @WithDefault("30s")
    Duration longestWait();
}
