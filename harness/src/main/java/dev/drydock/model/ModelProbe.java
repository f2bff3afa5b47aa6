package dev.drydock.model;

import dev.drydock.journal.RunHistory;
import dev.drydock.journal.SkipReason;
import dev.drydock.model.ModelFault.Kind;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Tells whether the model server answers at all, so that a request that it rejected is to blame, and not the server. */
@Singleton
public class ModelProbe {

    private static final int FEW_TOKENS = 16;

    private final ModelDoor door;
    private final RunHistory history;

    ModelProbe(ModelDoor door, RunHistory history) {
        this.door = door;
        this.history = history;
    }

    /** Sends one small request to the standard model, through the whole door: it is recorded and may cost a little. */
    public boolean answers() {
        return failure().isEmpty();
    }

    /**
     * Before a cycle begins. Asks only if an empty account ended the agent's last run.
     *
     * @return why the account still takes no calls; empty if it takes them, or if that cannot be told
     */
    public Optional<String> stillEmptyAccount(String agent) {
        return history.latest(agent, 1).stream()
                .filter(last -> last.skipReason() == SkipReason.QUOTA)
                .flatMap(last -> failure().stream())
                .findFirst()
                .flatMap(ModelFault::of)
                .filter(fault -> fault.kind() == Kind.QUOTA || fault.kind() == Kind.QUOTA_IN_DOUBT)
                .map(ModelFault::message);
    }

    private Optional<RuntimeException> failure() {
        try {
            door.chat(ChatRequest.builder()
                    .messages(UserMessage.from("Answer with the word: ok"))
                    .maxOutputTokens(FEW_TOKENS)
                    .build());
            return Optional.empty();
        } catch (UnusableAnswerException e) {
            return Optional.empty(); // an answer, if not a good one
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }
}
