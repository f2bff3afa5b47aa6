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

    /** Tells evals how near two texts are, where a case asks for it. */
    @WithDefault("text-embedding-3-small")
    String embeddings();

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

    /** The most calls in flight to one model. Within it, the limit follows what the server takes. */
    @WithDefault("64")
    @Min(1)
    @Max(512)
    int concurrency();

    /** Calls that this process sends in a minute, evenly spread. */
    Optional<@Min(1) Integer> callsPerMinute();

    /** Tokens of the calls that start in a minute, as providers count them: the request and the longest answer. */
    Optional<@Min(100) Integer> tokensPerMinute();
}
