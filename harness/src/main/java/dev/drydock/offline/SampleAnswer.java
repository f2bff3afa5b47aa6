package dev.drydock.offline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;

/** An answer in JSON. */
record SampleAnswer(int status, Map<String, ?> content) {

    void send(HttpExchange exchange, ObjectMapper json) throws IOException {
        try (exchange) {
            var bytes = json.writeValueAsBytes(content);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
