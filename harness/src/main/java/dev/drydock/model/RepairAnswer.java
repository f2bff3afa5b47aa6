package dev.drydock.model;

import dev.drydock.model.CheckAnswer.Fault;
import dev.drydock.model.UnusableAnswerException.Reason;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.ArrayList;

/**
 * Asks again, with the fault named, where an answer is not the JSON that was asked for; twice at most, then it fails. The
 * platform's guardrails do the same where a call site is annotated; here it holds for every call with a schema.
 *
 * <p>A model that cannot leave off its code fence is taken at its word in the end: what is inside counts.
 */
@Singleton
class RepairAnswer implements Step.Layer {

    private static final int MOST_REPAIRS = 2;

    private final CheckAnswer check;
    private final Event<AnswerRepaired> events;

    RepairAnswer(CheckAnswer check, Event<AnswerRepaired> events) {
        this.check = check;
        this.events = events;
    }

    @Override
    public ChatResponse ask(ModelRequest inquiry, Step next) {
        var question = inquiry;
        for (int repairs = 0; ; repairs++) {
            var response = next.ask(question);
            var fault = check.check(inquiry.request(), response);
            if (fault.isEmpty()) {
                return response;
            }
            events.fire(new AnswerRepaired(
                    inquiry.behalf().map(scope -> scope.agent().name()).orElse(""),
                    fault.get().reason()));
            if (repairs == MOST_REPAIRS || fault.get().reason() == Reason.REFUSED) {
                return lastResort(inquiry.request(), response, fault.get());
            }
            question = inquiry.with(again(inquiry.request(), response, fault.get()));
        }
    }

    private ChatResponse lastResort(ChatRequest request, ChatResponse response, Fault fault) {
        return check.unfenced(request, response)
                .map(text ->
                        response.toBuilder().aiMessage(AiMessage.from(text)).build())
                .orElseThrow(() -> new UnusableAnswerException(fault.reason(), fault.what()));
    }

    /** The first question, the last answer to it, and what is wrong with that. */
    private static ChatRequest again(ChatRequest request, ChatResponse response, Fault fault) {
        var messages = new ArrayList<ChatMessage>(request.messages());
        var answer = response.aiMessage().text();
        if (answer != null && !answer.isBlank()) {
            messages.add(AiMessage.from(answer));
        }
        messages.add(UserMessage.from(
                "That answer cannot be used: %s. Answer again, with nothing but JSON that follows the schema."
                        .formatted(fault.what())));
        return ChatRequest.builder()
                .messages(messages)
                .parameters(request.parameters())
                .build();
    }
}
