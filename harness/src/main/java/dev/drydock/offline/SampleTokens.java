package dev.drydock.offline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A token server of OAuth 2.0 that knows one client. https://www.rfc-editor.org/rfc/rfc6749#section-4.4 */
final class SampleTokens implements HttpHandler {

    private static final String CREDENTIALS =
            "Basic " + Base64.getEncoder().encodeToString((SampleApi.CLIENT + ":" + SampleApi.CLIENT).getBytes(UTF_8));

    private final Set<String> given = ConcurrentHashMap.newKeySet();
    private final ObjectMapper json;

    SampleTokens(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        var request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        var credentials = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!credentials.equals(CREDENTIALS)) {
            new SampleApi.Answer(401, Map.of("error", "invalid_client")).send(exchange, json);
        } else if (!request.contains("grant_type=client_credentials")) {
            new SampleApi.Answer(400, Map.of("error", "unsupported_grant_type")).send(exchange, json);
        } else {
            var token = UUID.randomUUID().toString();
            given.add(token);
            new SampleApi.Answer(200, Map.of("access_token", token, "token_type", "Bearer", "expires_in", 300))
                    .send(exchange, json);
        }
    }

    /** Whether a request brings a token that was given here. */
    boolean arePresentedBy(HttpExchange exchange) {
        var authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        return authorization.startsWith("Bearer ") && given.contains(authorization.substring("Bearer ".length()));
    }
}
