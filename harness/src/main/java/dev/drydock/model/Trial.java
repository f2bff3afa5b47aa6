package dev.drydock.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.journal.ModelCall.Prompt;
import dev.drydock.journal.ModelCall.Tokens;
import dev.drydock.journal.SideEffectJournal.Call;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an eval or a replay asks models: with another prompt or model, and from recorded answers. What is decided in a trial is
 * never delivered, and its tools with side effects are recorded only. Called from several threads at once.
 */
public interface Trial {

    /** The route of the calls of a trial that {@link #isBeside}. */
    String BESIDE = "candidate";

    /** What all trials of the agent may cost in a day, besides the other budgets; empty for no limit of their own. */
    default Optional<BigDecimal> budgetUsd() {
        return Optional.empty();
    }

    /**
     * Whether it decides beside the agent, day by day: its calls are named so in the journal, have a budget of their own, and leave to the
     * agent what its calls cost on the most expensive of the last days.
     */
    default boolean isBeside() {
        return false;
    }

    /** The text that replaces the system message of an AI service's method; empty to keep the message. */
    default Optional<String> systemMessage(String promptName) {
        return Optional.empty();
    }

    /** The model to ask; empty for the configured one. */
    default Optional<String> model() {
        return Optional.empty();
    }

    /**
     * The recorded answer to a request; empty if there is none.
     *
     * @param key a hash of the masked request: the same for the same question to the same model
     */
    Optional<Recording> find(String key);

    /** Whether a request without a recorded answer is sent. If not, it fails with {@link NotRecordedException}. */
    boolean maySend();

    /**
     * Whether each call is answered by the record of one, where it would be sent otherwise: {@link #repeat} gives every answer.
     * What lies before, such as repairs and truncation, is done again.
     */
    default boolean repeats() {
        return false;
    }

    /** The record of a call, in a trial that {@link #repeats}. What it throws ends the deciding. */
    default RecordedCall repeat(AskedCall call) {
        throw new IllegalStateException("this trial repeats no calls");
    }

    /**
     * What a tool returned when it was called so before; empty if it is to be called.
     *
     * @param arguments JSON, in the model's words
     */
    default Optional<String> toolResult(String tool, String arguments) {
        return Optional.empty();
    }

    /** The result of a tool call with side effects that the model receives; if empty, it receives that the call was recorded. */
    default Optional<String> sideEffect(Call call) {
        return Optional.empty();
    }

    /**
     * A call that would be sent.
     *
     * @param request JSON, masked, as the journal keeps it
     * @param tokensCut how much was cut from it
     */
    record AskedCall(String request, Prompt prompt, long tokensCut) {}

    /**
     * A call that was answered.
     *
     * @param response JSON, masked
     * @param finishReason null if the server named none
     */
    record RecordedCall(String response, @Nullable String finishReason) {}

    /** The key of a masked request: over what is asked of whom. The limit of the answer is no part of the question. */
    static String key(JsonNode request) {
        ObjectNode question = request.deepCopy();
        return Hash.of(question.without("maxOutputTokens").toString().getBytes(UTF_8));
    }

    /** Called with each answer that was not recorded before. */
    default void answered(Recording answer) {}

    /**
     * An answer with what it cost.
     *
     * @param answer JSON, masked
     * @param costUsd null if no price is known
     */
    record Recording(
            String key,
            String model,
            Prompt prompt,
            String answer,
            Tokens tokens,
            @Nullable BigDecimal costUsd,
            long latencyMillis) {}
}
