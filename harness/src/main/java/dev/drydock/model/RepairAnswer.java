package dev.drydock.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.model.AnswerSchema.Fault;
import dev.drydock.model.UnusableAnswerException.Reason;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.FinishReason;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Takes the JSON that was asked for out of an answer. Where there is none, it asks again with the fault named, twice at
 * most. An answer that was cut off is no answer: the same is asked once more, with four times the tokens or less effort.
 * An answer that was refused is not asked for again.
 */
@Singleton
@Priority(ModelInterceptor.REPAIR)
class RepairAnswer implements ModelInterceptor {

    private static final int MOST_REPAIRS = 2;

    /** A longer answer is not quoted, so that the next request fits where this one did. */
    private static final int LONGEST_QUOTE = 2_000;

    private final ExtractAnswer extract;
    private final Event<AnswerRepaired> events;

    RepairAnswer(ObjectMapper mapper, Event<AnswerRepaired> events) {
        this.extract = new ExtractAnswer(mapper);
        this.events = events;
    }

    @Override
    public ModelAnswer intercept(ModelRequest request, Next next) {
        var question = request;
        var repairs = 0;
        while (true) {
            var answer = next.proceed(question);
            refuse(request, answer);
            if (answer.finish() == FinishReason.LENGTH && request.chat().maxOutputTokens() == null) {
                var fault = cutOff(answer);
                report(request, fault);
                if (question.longer()) {
                    throw new UnusableAnswerException(fault.reason(), fault.what());
                }
                question = question.askingForMore();
                continue;
            }
            if (request.schema() == null || answer.message().hasToolExecutionRequests()) {
                return answer;
            }
            var found = extract.from(answer.text(), request.schema());
            if (found.json() != null) {
                return answer.withText(found.json());
            }
            var fault = Optional.ofNullable(found.fault()).orElseThrow();
            report(request, fault);
            if (repairs++ == MOST_REPAIRS) {
                throw new UnusableAnswerException(fault.reason(), fault.what());
            }
            question = question.with(again(request, answer, fault));
        }
    }

    private void report(ModelRequest request, Fault fault) {
        if (request.trial().filter(Trial::repeats).isEmpty()) {
            events.fire(new AnswerRepaired(request.agent(), fault.reason()));
        }
    }

    private void refuse(ModelRequest request, ModelAnswer answer) {
        if (answer.finish() == FinishReason.CONTENT_FILTER
                || (answer.refusal() != null && answer.text().isBlank())) {
            var fault = new Fault(
                    Reason.REFUSED,
                    answer.refusal() == null
                            ? "the answer was withheld by a content filter"
                            : "the model refused to answer");
            report(request, fault);
            throw new UnusableAnswerException(fault.reason(), fault.what());
        }
    }

    private static Fault cutOff(ModelAnswer answer) {
        var tokens = answer.usage().billedOutput();
        var after = tokens == 0 ? "" : " after %d tokens".formatted(tokens);
        return new Fault(
                Reason.CUT_OFF,
                answer.text().isBlank()
                                || (answer.text().strip().startsWith("<think>")
                                        && !answer.text().contains("</think>"))
                        ? "the answer was cut off%s; all of them were spent on reasoning".formatted(after)
                        : "the answer was cut off%s, at its limit".formatted(after));
    }

    /** The first question, the last answer to it, and what is wrong with that. */
    private static ChatRequest again(ModelRequest request, ModelAnswer answer, Fault fault) {
        var messages = new ArrayList<ChatMessage>(request.chat().messages());
        if (!answer.text().isBlank() && answer.text().length() <= LONGEST_QUOTE) {
            messages.add(AiMessage.from(answer.text()));
        }
        var schema = request.schema();
        messages.add(UserMessage.from(
                "That answer cannot be used: %s. Answer again, with nothing but JSON that follows %s"
                        .formatted(
                                fault.what(),
                                schema == null || fault.reason() != Reason.NO_JSON
                                        ? "the schema."
                                        : "this schema:\n" + schema.printed())));
        return ChatRequest.builder()
                .messages(messages)
                .parameters(request.chat().parameters())
                .build();
    }
}
