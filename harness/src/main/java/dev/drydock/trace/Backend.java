package dev.drydock.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.config.SettingsException;
import dev.drydock.config.TraceSettings;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tracing backend that accepts OTLP over HTTP.
 *
 * @param name for messages and the label of metrics
 * @param url with the path of the signal
 */
record Backend(String name, String url, Map<String, String> headers) {

    /** The configured backends. */
    static List<Backend> of(TraceSettings settings) {
        var backends = new ArrayList<Backend>();
        settings.endpoint()
                .ifPresent(endpoint -> backends.add(new Backend(
                        "otlp",
                        under(endpoint, "/v1/traces"),
                        headers(settings.headers().orElse("")))));
        var langsmith = settings.langsmith();
        langsmith.apiKey().ifPresent(key -> backends.add(langSmith(langsmith, key)));
        var langfuse = settings.langfuse();
        if (langfuse.publicKey().isPresent() != langfuse.secretKey().isPresent()) {
            throw new SettingsException(
                    "LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY must be set together: set both, or neither");
        }
        langfuse.publicKey().ifPresent(key -> backends.add(langfuse(langfuse, key)));
        return backends;
    }

    private static Backend langSmith(TraceSettings.LangSmith settings, String apiKey) {
        var headers = new LinkedHashMap<>(Map.of("x-api-key", apiKey));
        settings.project().ifPresent(project -> headers.put("Langsmith-Project", project));
        return new Backend("langsmith", under(settings.endpoint(), "/otel/v1/traces"), headers);
    }

    private static Backend langfuse(TraceSettings.Langfuse settings, String publicKey) {
        var keys = publicKey + ":" + settings.secretKey().orElseThrow();
        return new Backend(
                "langfuse",
                under(settings.baseUrl(), "/api/public/otel/v1/traces"),
                Map.of(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(keys.getBytes(UTF_8)),
                        "x-langfuse-ingestion-version",
                        "4"));
    }

    private static String under(URI endpoint, String path) {
        var base = endpoint.toString().replaceFirst("/+$", "");
        return base.endsWith("/v1/traces") ? base : base + path;
    }

    /** {@code name=value,name=value}, percent-encoded. https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
    private static Map<String, String> headers(String text) {
        var headers = new LinkedHashMap<String, String>();
        for (var pair : List.of(text.split(",", -1))) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                headers.put(
                        pair.substring(0, equals).strip(),
                        URLDecoder.decode(pair.substring(equals + 1).strip().replace("+", "%2B"), UTF_8));
            } else if (!pair.isBlank()) {
                throw new SettingsException("OTEL_EXPORTER_OTLP_HEADERS: write name=value, separated by commas");
            }
        }
        return headers;
    }
}
