package dev.drydock.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A model server that answers as an {@link AnswerCase} says. */
final class AnswerServer implements AutoCloseable {

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile AnswerCase script;

    AnswerServer(AnswerCase first) throws IOException {
        this.script = first;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::complete);
        server.createContext("/v1/models", exchange -> fact(exchange, script.models()));
        server.createContext("/props", exchange -> fact(exchange, script.props()));
        server.setExecutor(threads);
        server.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    void play(AnswerCase script) {
        this.script = script;
        requests.clear();
    }

    /** The bodies of the requests for completions, in their order. */
    List<String> requests() {
        return requests;
    }

    private void complete(HttpExchange exchange) throws IOException {
        int number;
        synchronized (this) {
            requests.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            number = requests.size();
        }
        var answers = script.answers();
        var answer = answers.get(Math.min(number, answers.size()) - 1);
        answer.path("headers")
                .properties()
                .forEach(header -> exchange.getResponseHeaders()
                        .add(header.getKey(), header.getValue().asText()));
        var body = body(answer).getBytes(UTF_8);
        var cut = answer.path("cut").asBoolean();
        exchange.getResponseHeaders()
                .add("Content-Type", answer.has("text") ? "text/html" : "application/json; charset=utf-8");
        exchange.sendResponseHeaders(answer.path("status").asInt(200), cut ? body.length + 1_000 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String body(JsonNode answer) {
        if (answer.has("text")) {
            return answer.path("text").asText();
        }
        return (answer.has("body") ? answer.path("body") : completion(answer)).toString();
    }

    private ObjectNode completion(JsonNode answer) {
        var completion = json.createObjectNode().put("id", "c-1").put("object", "chat.completion");
        completion.put("created", 1).put("model", answer.path("model").asText("mock-1"));
        completion
                .putArray("choices")
                .addObject()
                .put("index", 0)
                .put("finish_reason", answer.path("finish").asText("stop"))
                .putObject("message")
                .put("role", "assistant")
                .put("content", answer.path("content").asText());
        if (answer.path("usage").isObject()) {
            completion.set("usage", answer.path("usage"));
        } else if (!answer.has("usage")) {
            completion
                    .putObject("usage")
                    .put("prompt_tokens", 100)
                    .put("completion_tokens", 20)
                    .put("total_tokens", 120);
        }
        return completion;
    }

    private void fact(HttpExchange exchange, JsonNode fact) throws IOException {
        exchange.getRequestBody().readAllBytes();
        var body = fact == null ? new byte[0] : fact.toString().getBytes(UTF_8);
        exchange.sendResponseHeaders(fact == null ? 404 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
