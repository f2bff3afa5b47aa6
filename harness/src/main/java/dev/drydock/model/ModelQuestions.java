package dev.drydock.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.config.ModelFacts.AnswerFormat;
import dev.drydock.model.AskModel.Reply;
import dev.drydock.model.CheckModels.Findings;
import dev.drydock.model.ModelFault.Kind;
import dev.drydock.model.ModelFault.Parameter;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The questions of a check to one model: each takes one parameter of the protocol, the later ones without what was refused. */
final class ModelQuestions {

    /** Calls at most: those below, and each parameter that is refused once. */
    static final int MOST_CALLS = 14;

    /** Of all questions together, generously. */
    static final int INPUT_TOKENS = 14 * 90;

    private static final int MORE_FOR_LATENCY = 4;
    private static final String OK = "Answer with the word: ok";
    private static final String COLOUR = "Which colour has snow? Answer as JSON: {\"colour\": \"…\"}";

    /** Who is asked. */
    record Asked(String role, String model, ModelProfile.@Nullable Price price, int limit) {}

    private final Asked asked;
    private final AskModel server;
    private final CheckResults results;
    private final Dialect configured;

    ModelQuestions(Asked asked, AskModel server, CheckResults results) {
        this.asked = asked;
        this.server = server;
        this.results = results;
        this.configured = server.dialect();
    }

    Findings ask() {
        var first = firstAnswer();
        var usable = reached(first);
        if (usable && first.answer() != null) {
            temperature();
            format();
            tools();
            for (var more = 0; more < MORE_FOR_LATENCY; more++) {
                plain();
            }
            results.answered(first.answer());
            results.context();
            results.latency(server);
        }
        return results.findings(usable);
    }

    /** The first question also tells the name of the limit. */
    private Reply firstAnswer() {
        var reply = plain();
        var refused = server.dialect().completionTokens() ? Parameter.MAX_COMPLETION_TOKENS : Parameter.MAX_TOKENS;
        if (reply.refuses(refused)) {
            server.learn(server.dialect().without(refused, 0));
            reply = plain();
        }
        return reply;
    }

    private Reply plain() {
        var limit = server.dialect().completionTokens() ? Parameter.MAX_COMPLETION_TOKENS : Parameter.MAX_TOKENS;
        return server.ask(asked.model(), AskModel.SHORTEST_ANSWER, OK, Set.of(limit), body -> {});
    }

    private boolean reached(Reply reply) {
        var fault = reply.fault();
        var reachable = reply.answer() != null || (fault != null && fault.status() > 0);
        found("reachable", reachable, reachable ? "yes" : reply.reason());
        if (!reachable) {
            return false;
        }
        var refusesKey = fault != null && refusesKey(fault);
        found("key accepted", !refusesKey, refusesKey ? reply.reason() : "yes");
        if (refusesKey) {
            return false;
        }
        found("model known", reply.answer() != null, reply.answer() != null ? "yes" : reply.reason());
        if (reply.answer() != null) {
            var name = server.dialect().completionTokens() ? "max_completion_tokens" : "max_tokens";
            found("limit parameter", server.dialect().completionTokens() == configured.completionTokens(), name);
            if (server.dialect().completionTokens() != configured.completionTokens()) {
                set(server.dialect().setting(Parameter.MAX_TOKENS));
            }
        }
        return reply.answer() != null;
    }

    private static boolean refusesKey(ModelFault fault) {
        return fault.status() == 401
                || fault.status() == 403
                || fault.kind() == Kind.QUOTA
                || fault.kind() == Kind.QUOTA_IN_DOUBT
                || FaultWords.isKey(fault.message());
    }

    private void temperature() {
        var reply = server.ask(
                asked.model(),
                AskModel.SHORTEST_ANSWER,
                OK,
                EnumSet.of(Parameter.TEMPERATURE),
                body -> body.put("temperature", 0));
        var takes = reply.answer() != null;
        found("temperature", takes || !configured.temperature(), takes ? "yes" : reply.reason());
        if (reply.refused() && configured.temperature()) {
            set("temperature=false");
        }
    }

    /** Which form of the answer's schema is the strictest that the server takes. */
    private void format() {
        var bounds = schema(true);
        var schema = bounds.refused() ? schema(false) : bounds;
        var json = server.ask(
                asked.model(),
                asked.limit(),
                COLOUR,
                EnumSet.of(Parameter.JSON_OBJECT),
                body -> body.putObject("response_format").put("type", "json_object"));
        var follows = schema.isJson();
        found("JSON schema", follows, follows ? "yes" : schema.answer() != null ? "ignored" : schema.reason());
        found("JSON mode", json.answer() != null, json.answer() != null ? "yes" : json.reason());
        if (configured.format() != AnswerFormat.JSON_SCHEMA) {
            return;
        }
        if (schema.refused()) {
            set("answer-format=" + (json.refused() ? "prompt" : "json-object"));
        } else if (schema.answer() != null && !follows) {
            set("answer-format=prompt");
        } else if (bounds.refused() && configured.bounds()) {
            set("schema-bounds=false");
        }
    }

    private Reply schema(boolean bounded) {
        return server.ask(
                asked.model(),
                asked.limit(),
                "Which colour has snow?",
                EnumSet.of(Parameter.JSON_SCHEMA, Parameter.SCHEMA_BOUNDS),
                body -> writeSchema(body, bounded));
    }

    private void tools() {
        var reply = server.ask(
                asked.model(),
                asked.limit(),
                "How warm is it in Paris? Call the tool.",
                Set.of(),
                ModelQuestions::writeTool);
        var calls = reply.answered()
                .map(answer -> answer.message().hasToolExecutionRequests())
                .orElse(false);
        found("tools", calls, calls ? "yes" : reply.answer() != null ? "taken, but not called" : reply.reason());
    }

    private void found(String question, boolean ok, String result) {
        results.found(question, ok, result);
    }

    private void set(String setting) {
        results.set(setting);
    }

    private static void writeSchema(ObjectNode body, boolean bounded) {
        var format =
                body.putObject("response_format").put("type", "json_schema").putObject("json_schema");
        var schema = format.put("name", "snow").put("strict", true).putObject("schema");
        schema.put("type", "object")
                .put("additionalProperties", false)
                .putArray("required")
                .add("colour");
        var colour = schema.putObject("properties").putObject("colour").put("type", "string");
        if (bounded) {
            colour.put("maxLength", 20);
        }
    }

    private static void writeTool(ObjectNode body) {
        var function =
                body.putArray("tools").addObject().put("type", "function").putObject("function");
        function.put("name", "temperature").put("description", "The temperature in a city");
        var schema = function.putObject("parameters").put("type", "object");
        schema.putObject("properties").putObject("city").put("type", "string");
        schema.putArray("required").add("city");
    }
}
