package dev.drydock.model;

import dev.langchain4j.model.chat.response.ChatResponse;

/** What remains of the way to the model. */
@FunctionalInterface
interface Step {

    ChatResponse ask(ModelRequest inquiry);

    /** One concern of the door: it may change the question, ask again, or answer without asking. */
    interface Layer {

        ChatResponse ask(ModelRequest inquiry, Step next);
    }

    /** This layer, with the rest of the way behind it. */
    static Step of(Layer layer, Step next) {
        return inquiry -> layer.ask(inquiry, next);
    }
}
