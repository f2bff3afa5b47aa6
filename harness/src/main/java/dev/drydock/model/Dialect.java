package dev.drydock.model;

import dev.drydock.config.ModelFacts.AnswerFormat;
import dev.drydock.model.ModelFault.Parameter;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the server of a model takes of the protocol.
 *
 * @param format how the schema of the answer is sent
 * @param bounds whether schemas may limit lengths ({@code maxLength}, {@code maxItems})
 * @param temperature whether a temperature may be sent
 * @param completionTokens whether the limit of the answer is named {@code max_completion_tokens}; else {@code max_tokens}
 * @param outputLimit the largest limit of the answer that it takes; 0 if none is known
 */
record Dialect(AnswerFormat format, boolean bounds, boolean temperature, boolean completionTokens, int outputLimit) {

    static final Dialect STANDARD = new Dialect(AnswerFormat.JSON_SCHEMA, true, true, false, 0);

    /** What is sent of that which a server may refuse. */
    Set<Parameter> sent(boolean withSchema) {
        var sent = EnumSet.of(completionTokens ? Parameter.MAX_COMPLETION_TOKENS : Parameter.MAX_TOKENS);
        if (temperature) {
            sent.add(Parameter.TEMPERATURE);
        }
        if (withSchema && format == AnswerFormat.JSON_SCHEMA) {
            sent.add(Parameter.JSON_SCHEMA);
            if (bounds) {
                sent.add(Parameter.SCHEMA_BOUNDS);
            }
        } else if (withSchema && format == AnswerFormat.JSON_OBJECT) {
            sent.add(Parameter.JSON_OBJECT);
        }
        return sent;
    }

    /** The same without what the server refused. */
    Dialect without(Parameter refused, int limit) {
        return switch (refused) {
            case SCHEMA_BOUNDS -> new Dialect(format, false, temperature, completionTokens, outputLimit);
            case JSON_SCHEMA ->
                new Dialect(AnswerFormat.JSON_OBJECT, bounds, temperature, completionTokens, outputLimit);
            case JSON_OBJECT -> new Dialect(AnswerFormat.PROMPT, bounds, temperature, completionTokens, outputLimit);
            case MAX_TOKENS -> new Dialect(format, bounds, temperature, true, outputLimit);
            case MAX_COMPLETION_TOKENS -> new Dialect(format, bounds, temperature, false, outputLimit);
            case OUTPUT_LIMIT -> new Dialect(format, bounds, temperature, completionTokens, limit);
            case TEMPERATURE -> new Dialect(format, bounds, false, completionTokens, outputLimit);
        };
    }

    /** The setting of a model that says the same for good. */
    String setting(Parameter learned) {
        return switch (learned) {
            case SCHEMA_BOUNDS -> "schema-bounds=false";
            case JSON_SCHEMA, JSON_OBJECT ->
                "answer-format=" + (format == AnswerFormat.PROMPT ? "prompt" : "json-object");
            case MAX_TOKENS, MAX_COMPLETION_TOKENS ->
                "limit-parameter=" + (completionTokens ? "max-completion-tokens" : "max-tokens");
            case OUTPUT_LIMIT -> "output-tokens=" + outputLimit;
            case TEMPERATURE -> "temperature=false";
        };
    }

    int outputTokens(ModelProfile model) {
        return outputLimit == 0 ? model.outputTokens() : Math.min(outputLimit, model.outputTokens());
    }
}
