package dev.drydock.offline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Serves the files of a folder as documents, in the manner of many APIs: {@code ?updated_since=&page=} answers with some
 * {@code documents}, each with {@code id, updated, text}, and the address of the {@code next} page, if there is one.
 */
final class SamplePages implements HttpHandler {

    /** Small, so that few samples make several pages. */
    private static final int PAGE = 2;

    private final ObjectMapper json;
    private final SampleTokens tokens;
    private final Path folder;

    SamplePages(ObjectMapper json, SampleTokens tokens, Path folder) {
        this.json = json;
        this.tokens = tokens;
        this.folder = folder;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        answer(exchange).send(exchange, json);
    }

    private SampleApi.Answer answer(HttpExchange exchange) throws IOException {
        if (!tokens.arePresentedBy(exchange)) {
            return new SampleApi.Answer(401, Map.of("error", "invalid_token"));
        }
        var query = query(exchange);
        try {
            var since = Instant.parse(query.getOrDefault("updated_since", Instant.EPOCH.toString()));
            var page = Integer.parseInt(query.getOrDefault("page", "1"));
            return new SampleApi.Answer(200, page(since, page));
        } catch (DateTimeException | NumberFormatException e) {
            return new SampleApi.Answer(400, Map.of("error", "invalid_request"));
        }
    }

    private Map<String, ?> page(Instant since, int page) throws IOException {
        var changed =
                files().stream().filter(file -> !updated(file).isBefore(since)).toList();
        var shown = changed.stream().skip((page - 1L) * PAGE).limit(PAGE);
        var answer = new HashMap<String, Object>(
                Map.of("documents", shown.map(SamplePages::document).toList()));
        if (changed.size() > page * PAGE) {
            answer.put("next", "?updated_since=%s&page=%d".formatted(since, page + 1));
        }
        return answer;
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Map<String, String> document(Path file) {
        try {
            var name = file.getFileName().toString().replaceFirst("\\.\\w+$", "");
            return Map.of("id", name, "updated", updated(file).toString(), "text", Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant updated(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        var query = new HashMap<String, String>();
        for (var part :
                List.of(String.valueOf(exchange.getRequestURI().getRawQuery()).split("&", -1))) {
            var pair = part.split("=", 2);
            query.put(pair[0], pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return query;
    }
}
