package dev.drydock.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.CachedAnswers;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Gives the answer to an earlier request again, where the agent allows it ({@code drydock.cache-ttl}): same model, same
 * parameters, same messages. Answers are kept whole, in the database, so that replicas and one-shot runs share them.
 */
@Singleton
@Priority(ModelInterceptor.CACHE)
class AnswerCache implements ModelInterceptor {

    private static final Logger LOG = Logger.getLogger(AnswerCache.class);

    private final CachedAnswers answers;
    private final RouteCall routes;
    private final CallJson json;
    private final CallJournal journal;
    private final String endpoint;

    AnswerCache(CachedAnswers answers, RouteCall routes, CallJson json, CallJournal journal, DrydockConfig config) {
        this.answers = answers;
        this.routes = routes;
        this.json = json;
        this.journal = journal;
        this.endpoint = config.model().baseUrl() + " " + config.model().temperature();
    }

    @Override
    public ModelAnswer intercept(ModelRequest request, Next next) {
        var timeToLive = request.context()
                .map(decision -> decision.agent().settings().cacheTtl())
                .orElse(Duration.ZERO);
        if (timeToLive.isZero() || timeToLive.isNegative() || isRetry(request) || isTrial(request)) {
            return next.proceed(request);
        }
        var sent = journal.now();
        var asked = routes.asked(request);
        var key = key(asked);
        var kept = answers.find(key).map(json::readAnswer);
        if (kept.isPresent()) {
            journal.cached(asked.to(asked.chosen(), "cache"), kept.get(), sent);
            return kept.get();
        }
        var answer = next.proceed(request);
        keep(key, answer, timeToLive);
        return answer;
    }

    /** An answer that the agent could not use is not given again. */
    private static boolean isRetry(ModelRequest request) {
        return request.context().map(DecisionContext::attempt).orElse(1) > 1;
    }

    /** A trial has its own recorded answers, and measures what an answer costs. */
    private static boolean isTrial(ModelRequest request) {
        return request.context().flatMap(DecisionContext::trial).isPresent();
    }

    private String key(ModelRequest asked) {
        var everything = json.wholeRequest(asked) + asked.chat().parameters() + endpoint;
        return Hash.of(everything.getBytes(UTF_8));
    }

    private void keep(String key, ModelAnswer answer, Duration timeToLive) {
        try {
            answers.keep(key, json.wholeAnswer(answer), timeToLive);
        } catch (RuntimeException e) {
            LOG.warn("An answer could not be stored in the cache; the next request for it asks the model again");
        }
    }
}
