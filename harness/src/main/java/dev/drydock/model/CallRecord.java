package dev.drydock.model;

import dev.drydock.database.Database;
import dev.drydock.journal.ModelCall;
import dev.drydock.journal.ModelCall.Origin;
import dev.drydock.journal.ModelCall.Route;
import dev.drydock.journal.ModelCall.Tokens;
import dev.langchain4j.model.chat.response.ChatResponse;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Makes the record of a call, with its secrets masked. */
@Singleton
class CallRecord {

    /** When a request was sent. */
    record Sent(Instant at, long nanos) {

        Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - nanos);
        }
    }

    private record Outcome(
            @Nullable ChatResponse response,
            Tokens tokens,
            @Nullable BigDecimal costUsd,
            @Nullable String fault,
            boolean fromCache) {}

    private final CallJson json;
    private final PromptNames prompts;
    private final InstantSource clock;

    CallRecord(CallJson json, PromptNames prompts, InstantSource clock) {
        this.json = json;
        this.prompts = prompts;
        this.clock = clock;
    }

    Sent now() {
        return new Sent(clock.instant(), System.nanoTime());
    }

    ModelCall answered(ModelRequest inquiry, ChatResponse response, Sent sent) {
        var usage = Usage.of(response);
        var cost = Usage.cost(usage, inquiry.chosen().price());
        return call(inquiry, sent, new Outcome(response, cut(usage, inquiry), cost, null, false));
    }

    /** An answer that was used again: it took no tokens and costs nothing. */
    ModelCall again(ModelRequest inquiry, ChatResponse response, Sent sent) {
        return call(inquiry, sent, new Outcome(response, new Tokens(0L, 0L, 0L, 0L, 0), BigDecimal.ZERO, null, true));
    }

    /** A call that was refused costs nothing; what one costs that was cut off, nobody knows. */
    ModelCall failed(ModelRequest inquiry, Throwable fault, Sent sent) {
        var cost = Faults.mayHaveBeenAnswered(fault) ? null : BigDecimal.ZERO;
        return call(inquiry, sent, new Outcome(null, cut(Usage.NONE, inquiry), cost, json.fault(fault), false));
    }

    private static Tokens cut(Tokens usage, ModelRequest inquiry) {
        return new Tokens(usage.in(), usage.cached(), usage.out(), usage.reasoning(), inquiry.tokensCut());
    }

    private ModelCall call(ModelRequest inquiry, Sent sent, Outcome outcome) {
        var response = outcome.response();
        var finish = response == null ? null : response.finishReason();
        return new ModelCall(
                Database.newId(),
                inquiry.behalf().map(DecisionContext::origin).orElse(new Origin(null, null, null)),
                new Route(inquiry.chosen().name(), response == null ? null : response.modelName(), inquiry.why()),
                inquiry.behalf().flatMap(DecisionContext::prompt).orElseGet(() -> prompts.of(inquiry.request())),
                inquiry.behalf().map(DecisionContext::attempt).orElse(1),
                json.request(inquiry),
                response == null ? null : json.response(response),
                outcome.tokens(),
                outcome.costUsd(),
                finish == null ? null : finish.name(),
                outcome.fault(),
                outcome.fromCache(),
                sent.at(),
                sent.elapsed());
    }
}
