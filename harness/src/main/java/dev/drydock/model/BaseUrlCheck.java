package dev.drydock.model;

import dev.drydock.config.ModelSettings;
import dev.drydock.http.HttpClients;
import dev.drydock.http.LimitedBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognizes a base URL that was copied with too much of the path, or without its version. Sends two requests at most, and
 * none for an address that looks right.
 */
public final class BaseUrlCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_BYTES = 4 << 20;

    /** What a key is refused with stands for an address that exists. */
    private static final Set<Integer> EXISTS = Set.of(200, 401, 403);

    private static final Pattern OPERATION =
            Pattern.compile("/(chat/completions|completions|responses|embeddings|models)/*$");

    private static final Pattern VERSION = Pattern.compile("/v\\d\\w*(/|$)");

    private final ModelSettings settings;
    private final HttpClients clients;

    public BaseUrlCheck(ModelSettings settings, HttpClients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    /** What to write instead; empty if the address looks right, or if no other one is found. Takes some seconds at most. */
    public Optional<String> advice() {
        var set = settings.baseUrl().toString();
        var base = OPERATION.matcher(set).replaceFirst("").replaceFirst("/+$", "");
        var withVersion = VERSION.matcher(base).find() ? base : base + "/v1";
        if (OPERATION.matcher(set).find()) {
            var better = !withVersion.equals(base) && exists(base) ? base : withVersion;
            return Optional.of("OPENAI_BASE_URL contains the path of one operation: write " + better);
        }
        return withVersion.equals(base) || exists(base) || !exists(withVersion)
                ? Optional.empty()
                : Optional.of("OPENAI_BASE_URL lacks its version: the server answers at %s; write that"
                        .formatted(withVersion));
    }

    /** Whether models are listed there. A page for people, which some servers answer with to any address, does not count. */
    private boolean exists(String base) {
        try {
            var request = HttpRequest.newBuilder(URI.create(base + "/models")).header("Accept", "application/json");
            settings.apiKey().ifPresent(key -> request.header("Authorization", "Bearer " + key));
            var response = clients.send(request.build(), head -> new LimitedBody(MAX_BYTES), TIMEOUT);
            var body = new String(response.body(), StandardCharsets.UTF_8).strip();
            return EXISTS.contains(response.statusCode())
                    && (response.statusCode() != 200 || body.startsWith("{") || body.startsWith("["));
        } catch (IOException | IllegalArgumentException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
