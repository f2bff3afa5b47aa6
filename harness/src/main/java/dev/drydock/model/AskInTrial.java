package dev.drydock.model;

import dev.drydock.journal.Json;
import dev.drydock.journal.ModelCall;
import dev.drydock.journal.ModelCall.Prompt;
import dev.drydock.journal.ModelCall.Tokens;
import dev.drydock.model.Trial.Recording;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** In a {@link Trial}: replaces the system message, gives recorded answers, and hands over new ones. */
@Singleton
@Priority(ModelInterceptor.TRIAL)
class AskInTrial implements ModelInterceptor {

    private final RouteCall routes;
    private final CallJson callJson;
    private final CallJournal calls;
    private final CallCost cost;
    private final Json json;

    AskInTrial(RouteCall routes, CallJson callJson, CallJournal calls, CallCost cost, Json json) {
        this.routes = routes;
        this.callJson = callJson;
        this.calls = calls;
        this.cost = cost;
        this.json = json;
    }

    @Override
    public ModelAnswer intercept(ModelRequest request, Next next) {
        var decision = request.context().orElse(null);
        return decision == null
                        || decision.trial().filter(trial -> !trial.repeats()).isEmpty()
                ? next.proceed(request)
                : ask(request, decision, decision.trial().get(), next);
    }

    private ModelAnswer ask(ModelRequest request, DecisionContext decision, Trial trial, Next next) {
        var changed = withSystemMessage(request, decision, trial);
        var asked = routes.asked(changed);
        var key = key(asked);
        var sent = calls.now();
        var recorded = trial.find(key);
        if (recorded.isPresent()) {
            var answer = callJson.readAnswer(recorded.get().answer());
            calls.recorded(asked, answer, recorded.get(), sent);
            return answer;
        }
        if (!trial.maySend()) {
            throw new NotRecordedException(
                    asked.chosen().name(),
                    cost.atMost(asked).map(CallCost.Cost::usd).orElse(null));
        }
        var before = decision.calls().size();
        var answer = next.proceed(changed);
        var made = decision.calls();
        trial.answered(recording(key, asked, answer, made.subList(before, made.size())));
        return answer;
    }

    private static ModelRequest withSystemMessage(ModelRequest request, DecisionContext decision, Trial trial) {
        var name = decision.prompt().map(Prompt::name).orElse("");
        var text = trial.systemMessage(name).orElse(null);
        if (text == null) {
            return request;
        }
        decision.setPrompt(new Prompt(name, PromptNames.version(text)));
        var others = request.chat().messages().stream().filter(message -> !(message instanceof SystemMessage));
        var messages = Stream.concat(Stream.<ChatMessage>of(SystemMessage.from(text)), others)
                .toList();
        return request.with(request.chat().toBuilder().messages(messages).build());
    }

    private String key(ModelRequest asked) {
        return Trial.key(json.tree(callJson.request(asked)));
    }

    /** One question may have taken several calls: a repair, say. */
    private Recording recording(String key, ModelRequest asked, ModelAnswer answer, List<ModelCall> made) {
        var costs = made.stream().map(ModelCall::costUsd).toList();
        return new Recording(
                key,
                asked.chosen().name(),
                calls.prompt(asked),
                callJson.answer(answer),
                new Tokens(
                        sum(made, Tokens::in),
                        sum(made, Tokens::cached),
                        sum(made, Tokens::out),
                        sum(made, Tokens::reasoning),
                        made.stream()
                                .mapToLong(call -> call.tokens().cut())
                                .max()
                                .orElse(0)),
                costs.contains(null)
                        ? null
                        : costs.stream()
                                .filter(Objects::nonNull)
                                .reduce(BigDecimal.ZERO, BigDecimal::add)
                                .stripTrailingZeros(),
                made.stream().mapToLong(call -> call.latency().toMillis()).sum());
    }

    private static @Nullable Long sum(List<ModelCall> calls, Function<Tokens, @Nullable Long> count) {
        var counts = calls.stream()
                .map(ModelCall::tokens)
                .map(count)
                .filter(Objects::nonNull)
                .toList();
        return counts.isEmpty()
                ? null
                : counts.stream().mapToLong(Long::longValue).sum();
    }
}
