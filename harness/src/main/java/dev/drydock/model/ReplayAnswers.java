package dev.drydock.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.journal.Json;
import dev.drydock.journal.SideEffectJournal;
import dev.drydock.model.Transcript.Answer;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Gives the answers of an earlier attempt at an entry again, up to its last tool call that changes the world: an entry that
 * is decided again after a crash, a fault or an approval makes the calls that it made or proposed before.
 */
@Singleton
@Priority(ModelInterceptor.REPLAY)
public class ReplayAnswers implements ModelInterceptor {

    private final RouteCall routes;
    private final CallJson callJson;
    private final CallJournal calls;
    private final SideEffectJournal sideEffects;
    private final Json json;

    ReplayAnswers(RouteCall routes, CallJson callJson, CallJournal calls, SideEffectJournal sideEffects, Json json) {
        this.routes = routes;
        this.callJson = callJson;
        this.calls = calls;
        this.sideEffects = sideEffects;
        this.json = json;
    }

    @Override
    public ModelAnswer intercept(ModelRequest request, Next next) {
        var decision = request.context();
        return decision.isPresent() && request.trial().isEmpty()
                ? intercept(request, decision.get().transcript(this::read), next)
                : next.proceed(request);
    }

    private ModelAnswer intercept(ModelRequest request, Transcript transcript, Next next) {
        var sent = calls.now();
        var kept = transcript.replay(() -> key(request));
        if (kept.isPresent()) {
            var answer = callJson.readAnswer(kept.get().answer());
            var asked = routes.asked(request);
            calls.cached(asked.to(asked.chosen(), "replay"), answer, sent);
            return answer;
        }
        var answer = next.proceed(request);
        transcript.add(() -> new Answer(key(request), callJson.wholeAnswer(answer)));
        return answer;
    }

    /** Keeps what the model has answered in this attempt. Called before each tool call that changes the world. */
    public void keep(DecisionContext decision) {
        decision.transcript(this::read)
                .keep()
                .ifPresent(answers -> sideEffects.keepAnswers(decision.entryId(), write(answers)));
    }

    private String key(ModelRequest request) {
        return Hash.of(callJson.conversation(request.chat()).getBytes(UTF_8));
    }

    private String write(List<Answer> answers) {
        return json.write(answers.stream()
                .map(one -> Map.of("key", one.key(), "answer", json.tree(one.answer())))
                .toList());
    }

    private List<Answer> read(String answers) {
        var read = new ArrayList<Answer>();
        json.tree(answers)
                .forEach(one -> read.add(
                        new Answer(one.path("key").asText(), one.path("answer").toString())));
        return List.copyOf(read);
    }
}
