package dev.drydock.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.drydock.config.DrydockConfig;
import dev.drydock.http.HttpClients;
import dev.drydock.journal.ModelCall.Prompt;
import dev.drydock.journal.ModelCall.Tokens;
import dev.drydock.model.Trial.Recording;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.store.embedding.CosineSimilarity;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * How near two texts are in meaning, by embeddings of the model server ({@code POST /embeddings} of OpenAI's protocol). It costs a
 * millionth of a dollar or so, which is not counted.
 */
@Singleton
public class TextSimilarity {

    private final ModelEndpoint endpoint;
    private final DrydockConfig config;
    private final ObjectMapper json;
    private final ReadFault faults;
    private final InstantSource clock;

    TextSimilarity(ModelEndpoint endpoint, DrydockConfig config, ObjectMapper json, InstantSource clock) {
        this.endpoint = endpoint;
        this.config = config;
        this.json = json;
        this.faults = new ReadFault(json);
        this.clock = clock;
    }

    /**
     * The cosine of both embeddings, from -1 to 1: the recorded one if the trial has it. Throws {@link NotRecordedException}, or
     * what {@link ModelFault} describes.
     */
    public double between(String one, String other, Trial trial) {
        var model = config.model().embeddings();
        var key = Hash.of(String.join("\n", "embeddings", model, one, other).getBytes(UTF_8));
        var recorded = trial.find(key);
        if (recorded.isPresent()) {
            return parse(recorded.get().answer().getBytes(UTF_8))
                    .path("similarity")
                    .asDouble();
        }
        if (!trial.maySend()) {
            throw new NotRecordedException(model, BigDecimal.ZERO);
        }
        var sent = clock.millis();
        var answer = embed(model, List.of(one, other));
        var cosine = CosineSimilarity.between(vector(answer, 0), vector(answer, 1));
        trial.answered(new Recording(
                key,
                model,
                new Prompt("", ""),
                json.createObjectNode().put("similarity", cosine).toString(),
                new Tokens(answer.path("usage").path("prompt_tokens").asLong(), 0L, 0L, 0L, 0),
                null,
                clock.millis() - sent));
        return cosine;
    }

    private JsonNode embed(String model, List<String> texts) {
        var body = json.createObjectNode().put("model", model);
        body.set("input", json.valueToTree(texts));
        var response = endpoint.post(
                "/embeddings", body, HttpClients.timeLeft(config.model().timeout()));
        var answer = response.statusCode() == 200 ? parse(response.body()) : MissingNode.getInstance();
        if (answer.path("data").size() != texts.size()) {
            throw faults.read(response.statusCode(), response.headers(), response.body(), Set.of(), 0, clock.instant())
                    .exception(null);
        }
        return answer;
    }

    private static Embedding vector(JsonNode answer, int at) {
        var values = answer.path("data").path(at).path("embedding");
        var vector = new float[values.size()];
        for (var i = 0; i < vector.length; i++) {
            vector[i] = values.path(i).floatValue();
        }
        return Embedding.from(vector);
    }

    private JsonNode parse(byte[] text) {
        try {
            return json.readTree(text);
        } catch (IOException e) {
            throw ModelFault.Kind.SERVER_ERROR.exception("the model server's embeddings are no JSON");
        }
    }
}
