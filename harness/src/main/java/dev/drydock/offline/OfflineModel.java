package dev.drydock.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.arc.profile.UnlessBuildProfile;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A server of OpenAI's chat completions on the loopback interface, behind which a small model answers without a network:
 * it fills in the JSON schema that it is asked for, and calls one tool if it is given any. So dev mode and tests go the whole way that production goes.
 */
@Singleton
@UnlessBuildProfile("prod")
final class OfflineModel {

    private static final Logger LOG = Logger.getLogger(OfflineModel.class);

    private final ObjectMapper json;
    private final EmbeddingSimilarity nearness = new EmbeddingSimilarity();
    private final boolean inTest = LaunchMode.current() == LaunchMode.TEST; // which has evals
    private final LabelledCases cases;
    private final SchemaAnswer answers;
    private final ToolChoice tools;
    private final SmallRyeConfig config;

    private @Nullable HttpServer server;

    OfflineModel(ObjectMapper json, SmallRyeConfig config) {
        this.json = json;
        this.cases = new LabelledCases(Path.of("evals"), json, nearness, inTest);
        this.answers = new SchemaAnswer(json, nearness, cases);
        this.tools = new ToolChoice(nearness, answers);
        this.config = config;
    }

    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event) throws IOException {
        if (!config.getConfigValue("drydock.model.name").getValue().equals(OfflineModelAddress.MODEL)) {
            return;
        }
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), OfflineModelAddress.port());
        server = HttpServer.create(address, 0);
        server.createContext("/v1/chat/completions", exchange -> answer(exchange, this::completion));
        server.createContext("/v1/embeddings", exchange -> answer(exchange, this::embeddings));
        server.setExecutor(Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
            var thread = new Thread(task, "offline-model");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
        LOG.warnf(
                "No OPENAI_API_KEY: the OFFLINE MODEL (%s) decides. It sorts by likeness and quotes sentences; set a key,"
                        + " or OPENAI_BASE_URL, for a language model",
                OfflineModelAddress.MODEL);
    }

    void stop(@Observes ShutdownEvent event) {
        if (server != null) {
            server.stop(0);
        }
    }

    /** Whether cases are being measured: until this is over, none has a vote about itself. */
    void measures(boolean cases) {
        this.cases.leaveOneOut(cases || inTest);
    }

    /** What is answered to a request. */
    @FunctionalInterface
    private interface Answer {

        JsonNode to(JsonNode request) throws IOException;
    }

    private void answer(HttpExchange exchange, Answer given) throws IOException {
        try (exchange) {
            byte[] answer;
            int status = 200;
            try {
                answer = json.writeValueAsBytes(given.to(json.readTree(exchange.getRequestBody())));
            } catch (IOException | RuntimeException e) {
                status = 400;
                answer = json.writeValueAsBytes(Map.of("error", Map.of("message", "offline model: " + e)));
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private ObjectNode completion(JsonNode request) throws IOException {
        var call = tools.choose(request);
        var content = call.isPresent() ? call.get().arguments() : answers.answer(tools.withoutClaims(request));
        var completion = json.createObjectNode()
                .put("id", "offline-" + UUID.randomUUID())
                .put("object", "chat.completion")
                .put("created", Instant.now().getEpochSecond())
                .put("model", OfflineModelAddress.MODEL);
        completion
                .putArray("choices")
                .addObject()
                .put("index", 0)
                .put("finish_reason", call.isPresent() ? "tool_calls" : "stop")
                .set("message", call.map(this::calling).orElseGet(() -> saying(content)));
        var tokensIn = roughTokens(request.path("messages").toString());
        var tokensOut = roughTokens(content);
        completion
                .putObject("usage")
                .put("prompt_tokens", tokensIn)
                .put("completion_tokens", tokensOut)
                .put("total_tokens", tokensIn + tokensOut);
        return completion;
    }

    /** https://platform.openai.com/docs/api-reference/embeddings */
    private ObjectNode embeddings(JsonNode request) {
        var answer = json.createObjectNode().put("object", "list").put("model", OfflineModelAddress.MODEL);
        var data = answer.putArray("data");
        for (var text : request.path("input")) {
            data.addObject()
                    .put("object", "embedding")
                    .put("index", data.size() - 1)
                    .set("embedding", json.valueToTree(nearness.vector(text.asText())));
        }
        answer.putObject("usage")
                .put("prompt_tokens", roughTokens(request.path("input").toString()));
        return answer;
    }

    private ObjectNode saying(String content) {
        return json.createObjectNode().put("role", "assistant").put("content", content);
    }

    private ObjectNode calling(ToolChoice.Call call) {
        var message = json.createObjectNode().put("role", "assistant");
        message.putArray("tool_calls")
                .addObject()
                .put("id", "call-" + UUID.randomUUID())
                .put("type", "function")
                .putObject("function")
                .put("name", call.tool())
                .put("arguments", call.arguments());
        return message;
    }

    /** Four characters make a token, near enough for figures that cost nothing. */
    private static int roughTokens(String text) {
        return text.length() / 4 + 1;
    }
}
