package dev.drydock.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.drydock.http.RateLimitHints;
import dev.drydock.model.ModelFault.Kind;
import dev.drydock.model.ModelFault.Parameter;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads an error response of a model server or gateway. Gateways reword errors and change statuses, so words count too. */
final class ReadFault {

    private static final Duration LONGEST_MINUTE_LIMIT = Duration.ofMinutes(15);
    private static final int MOST_READ = 16_384;
    private static final int MOST_SHOWN = 300;

    private final ObjectMapper mapper;

    ReadFault(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * A response that carries no answer.
     *
     * @param sent the parts of the request that the server might refuse
     * @param outputTokens the limit that was sent for the answer
     */
    ModelFault read(int status, HttpHeaders headers, byte[] body, Set<Parameter> sent, int outputTokens, Instant now) {
        var text = new String(body, 0, Math.min(body.length, MOST_READ), StandardCharsets.UTF_8);
        var tree = tree(body);
        var error = error(tree);
        var sentence = sentence(error, tree, text);
        var code = error.path("code").isInt() ? error.path("code").asInt() : 0;
        var effective = status < 400 && code >= 400 ? code : status; // an error in a response with status 200
        var words = (headers.firstValue("x-error").orElse("") + " " + text).toLowerCase(Locale.ROOT);
        var retryAt =
                RateLimitHints.retryAfter(headers, text, now).map(now::plus).orElse(null);
        var kind = kind(effective, words, retryAt, now, sent);
        var parameter =
                kind == Kind.PARAMETER ? FaultWords.parameter(words, sent).orElse(null) : null;
        var limit = parameter == Parameter.OUTPUT_LIMIT
                ? FaultWords.outputLimit(words, outputTokens)
                : kind == Kind.CONTEXT_EXCEEDED ? FaultWords.contextLimit(words) : 0;
        return new ModelFault(
                kind,
                status,
                FaultWords.advice(kind, effective) + " (" + status + "): " + sentence,
                parameter,
                limit,
                retryAt);
    }

    private static Kind kind(int status, String words, @Nullable Instant retryAt, Instant now, Set<Parameter> sent) {
        if (FaultWords.isFilter(words) && status < 500) {
            return Kind.FILTERED;
        }
        var late = retryAt != null && Duration.between(now, retryAt).compareTo(LONGEST_MINUTE_LIMIT) > 0;
        if (isEmptyAccount(status, words, late)) {
            return Kind.QUOTA;
        }
        if (retryAt == null && FaultWords.isQuota(words) && !FaultWords.isPerMinute(words)) {
            return Kind.QUOTA_IN_DOUBT;
        }
        var parameter = FaultWords.parameter(words, sent);
        if (parameter.filter(Parameter.OUTPUT_LIMIT::equals).isPresent()) {
            return Kind.PARAMETER;
        }
        if (FaultWords.isContext(words) && status != 401 && status != 403) {
            return Kind.CONTEXT_EXCEEDED;
        }
        if (status == 413 || FaultWords.isTooLarge(words)) {
            return Kind.TOO_LARGE;
        }
        if (status == 429 || ((status == 503 || status == 529) && retryAt != null)) {
            return Kind.RATE_LIMITED;
        }
        if (status == 401 || status == 403 || (FaultWords.isSettings(words) && status < 500)) {
            return Kind.SETTINGS;
        }
        if (parameter.isPresent() && Set.of(400, 404, 415, 422, 500, 501).contains(status)) {
            return Kind.PARAMETER;
        }
        if (status < 400 ? status >= 300 : status == 404 || status == 405 || status == 501) {
            return Kind.SETTINGS;
        }
        return status >= 500 || status < 300 || status == 408 || status == 425 ? Kind.SERVER_ERROR : Kind.REJECTED;
    }

    /** A server may say "quota" and mean a minute: not if it names a time that comes late. */
    private static boolean isEmptyAccount(int status, String words, boolean late) {
        return status == 402
                || FaultWords.isEmptyAccount(words)
                || (late && status == 429 && words.contains("resource_exhausted"))
                || (late && FaultWords.isQuota(words) && !FaultWords.isPerMinute(words));
    }

    private JsonNode tree(byte[] body) {
        try {
            var tree = body.length > MOST_READ * 16 ? null : mapper.readTree(body);
            return tree == null ? MissingNode.getInstance() : tree.isArray() ? tree.path(0) : tree;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static JsonNode error(JsonNode tree) {
        return tree.path("error").isObject() ? tree.path("error") : tree;
    }

    private static String sentence(JsonNode error, JsonNode tree, String text) {
        var sentence = Stream.of(
                        error.path("message"),
                        tree.path("error"),
                        tree.path("detail"),
                        tree.path("detail").path(0).path("msg"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst()
                .orElseGet(() -> text.replaceAll("<[^<>]{0,500}>", " ")
                        .replaceAll("\\s+", " ")
                        .strip());
        return sentence.length() <= MOST_SHOWN
                ? sentence
                : sentence.substring(0, Math.max(0, sentence.lastIndexOf(' ', MOST_SHOWN)))
                        + "…"; // half a secret cannot be masked
    }
}
