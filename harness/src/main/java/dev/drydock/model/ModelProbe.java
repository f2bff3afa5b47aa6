package dev.drydock.model;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import jakarta.inject.Singleton;

/** Tells whether the model server answers at all, so that a request that it rejected is to blame, and not the server. */
@Singleton
public class ModelProbe {

    private static final int FEW_TOKENS = 16;

    private final ModelDoor door;

    ModelProbe(ModelDoor door) {
        this.door = door;
    }

    /** Sends one small request to the standard model, through the whole door: it is recorded and may cost a little. */
    public boolean answers() {
        try {
            door.chat(ChatRequest.builder()
                    .messages(UserMessage.from("Answer with the word: ok"))
                    .maxOutputTokens(FEW_TOKENS)
                    .build());
            return true;
        } catch (UnusableAnswerException e) {
            return true; // an answer, if not a good one
        } catch (RuntimeException e) {
            return false;
        }
    }
}
