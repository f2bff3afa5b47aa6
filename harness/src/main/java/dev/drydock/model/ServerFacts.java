package dev.drydock.model;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the model server says of itself: the context of its models, and how many requests it works on at a time. It is
 * asked once, before the first call; a server that does not say is not asked again.
 *
 * @see <a href="https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md">/props of llama.cpp</a>
 */
@Singleton
public class ServerFacts {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** vLLM; OpenRouter, Together; Groq; Mistral; LM Studio; llama.cpp. */
    private static final String[] CONTEXT = {
        "/max_model_len",
        "/context_length",
        "/context_window",
        "/max_context_length",
        "/loaded_context_length",
        "/meta/n_ctx"
    };

    private record Facts(Map<String, Integer> contextByModel, OptionalInt context, OptionalInt slots) {}

    private final Map<String, Integer> learned = new ConcurrentHashMap<>();
    private final ModelEndpoint endpoint;
    private @Nullable Facts facts;

    ServerFacts(ModelEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** How many tokens a model takes, question and answer together, if the server says so. */
    OptionalInt contextTokens(String model) {
        var limit = learned.get(model);
        if (limit != null) {
            return OptionalInt.of(limit);
        }
        var known = facts();
        var own = known.contextByModel().get(model);
        return own != null ? OptionalInt.of(own) : known.context();
    }

    /** Keeps a limit that the server named when it refused a request. */
    void learnContext(String model, int tokens) {
        learned.merge(model, tokens, Math::min);
    }

    /** How many requests the server works on at the same time, if it says so. */
    public OptionalInt slots() {
        return facts().slots();
    }

    private synchronized Facts facts() {
        if (facts == null) {
            facts = ask();
        }
        return facts;
    }

    private Facts ask() {
        var models = new HashMap<String, Integer>();
        var list = endpoint.find("/models", TIMEOUT);
        list.ifPresent(answer -> answer.path("data")
                .forEach(model -> context(model)
                        .ifPresent(tokens -> models.put(model.path("id").asText(), tokens))));
        var only = list.map(answer -> answer.path("data"))
                .filter(data -> data.size() == 1)
                .flatMap(data -> context(data.path(0)));
        var props = endpoint.find("../props", TIMEOUT);
        var size = props.flatMap(answer -> positive(answer.at("/default_generation_settings/n_ctx")))
                .or(() -> only);
        return new Facts(models, toInt(size), toInt(props.flatMap(answer -> positive(answer.path("total_slots")))));
    }

    private static Optional<Integer> context(JsonNode model) {
        return Stream.of(CONTEXT)
                .map(model::at)
                .flatMap(node -> positive(node).stream())
                .findFirst();
    }

    private static Optional<Integer> positive(JsonNode node) {
        return Optional.of(node.asInt()).filter(number -> number > 0);
    }

    private static OptionalInt toInt(Optional<Integer> number) {
        return number.map(OptionalInt::of).orElse(OptionalInt.empty());
    }
}
