package dev.drydock.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.journal.CachedAnswers;
import dev.langchain4j.model.chat.response.ChatResponse;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Gives the answer to an earlier request again, where the agent allows it ({@code drydock.cache-ttl}): same model, same
 * parameters, same messages. Answers are kept whole, in the database, so that replicas and one-shot runs share them.
 */
@Singleton
class AnswerCache implements Step.Layer {

    private final CachedAnswers answers;
    private final RouteCall routes;
    private final CallJson json;
    private final CallRecord record;
    private final CallsOut out;

    AnswerCache(CachedAnswers answers, RouteCall routes, CallJson json, CallRecord record, CallsOut out) {
        this.answers = answers;
        this.routes = routes;
        this.json = json;
        this.record = record;
        this.out = out;
    }

    @Override
    public ChatResponse ask(Inquiry inquiry, Step next) {
        var timeToLive = inquiry.behalf()
                .map(scope -> scope.agent().settings().cacheTtl())
                .orElse(Duration.ZERO);
        if (timeToLive.isZero() || timeToLive.isNegative()) {
            return next.ask(inquiry);
        }
        var sent = record.now();
        var asked = routes.asked(inquiry);
        var key = Hash.of(json.wholeRequest(asked).getBytes(UTF_8));
        var kept = answers.find(key).map(json::readResponse);
        if (kept.isPresent()) {
            out.accept(record.again(asked.to(asked.chosen(), "cache"), kept.get(), sent), asked);
            return kept.get();
        }
        var response = next.ask(inquiry);
        answers.keep(key, json.wholeResponse(response), timeToLive);
        return response;
    }
}
