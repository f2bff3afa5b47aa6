package dev.drydock.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.CachedAnswers;
import dev.langchain4j.model.chat.response.ChatResponse;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Gives the answer to an earlier request again, where the agent allows it ({@code drydock.cache-ttl}): same model, same
 * parameters, same messages. Answers are kept whole, in the database, so that replicas and one-shot runs share them.
 */
@Singleton
class AnswerCache implements Step.Layer {

    private static final Logger LOG = Logger.getLogger(AnswerCache.class);

    private final CachedAnswers answers;
    private final RouteCall routes;
    private final CallJson json;
    private final CallRecord record;
    private final CallSink out;
    private final String endpoint;

    AnswerCache(
            CachedAnswers answers,
            RouteCall routes,
            CallJson json,
            CallRecord record,
            CallSink out,
            DrydockConfig config) {
        this.answers = answers;
        this.routes = routes;
        this.json = json;
        this.record = record;
        this.out = out;
        this.endpoint = config.model().baseUrl() + " " + config.model().temperature();
    }

    @Override
    public ChatResponse ask(ModelRequest inquiry, Step next) {
        var timeToLive = inquiry.behalf()
                .map(scope -> scope.agent().settings().cacheTtl())
                .orElse(Duration.ZERO);
        if (timeToLive.isZero() || timeToLive.isNegative() || isRetry(inquiry)) {
            return next.ask(inquiry);
        }
        var sent = record.now();
        var asked = routes.asked(inquiry);
        var key = key(asked);
        var kept = answers.find(key).map(json::readResponse);
        if (kept.isPresent()) {
            out.accept(record.again(asked.to(asked.chosen(), "cache"), kept.get(), sent), asked);
            return kept.get();
        }
        var response = next.ask(inquiry);
        keep(key, response, timeToLive);
        return response;
    }

    /** An answer that the agent could make nothing of is not given again. */
    private static boolean isRetry(ModelRequest inquiry) {
        return inquiry.behalf().map(DecisionContext::attempt).orElse(1) > 1;
    }

    private String key(ModelRequest asked) {
        var everything = json.wholeRequest(asked) + asked.request().parameters() + endpoint;
        return Hash.of(everything.getBytes(UTF_8));
    }

    private void keep(String key, ChatResponse response, Duration timeToLive) {
        try {
            answers.keep(key, json.wholeResponse(response), timeToLive);
        } catch (RuntimeException e) {
            LOG.warn("An answer could not be kept for later; the model is asked again then");
        }
    }
}
