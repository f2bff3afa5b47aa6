package dev.drydock.model;

import dev.drydock.model.Trial.AskedCall;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;

/** In a {@link Trial} that repeats calls: answers each from the record, where it would be sent. Nothing is paid or stored. */
@Singleton
@Priority(ModelInterceptor.REPEAT)
class RepeatCall implements ModelInterceptor {

    private final CallJson json;
    private final CallJournal calls;

    RepeatCall(CallJson json, CallJournal calls) {
        this.json = json;
        this.calls = calls;
    }

    @Override
    public ModelAnswer intercept(ModelRequest request, Next next) {
        var trial = request.trial().filter(Trial::repeats);
        if (trial.isEmpty()) {
            return next.proceed(request);
        }
        var asked = new AskedCall(json.request(request), calls.prompt(request), request.tokensCut());
        var recorded = trial.get().repeat(asked);
        return json.readResponse(recorded.response(), recorded.finishReason());
    }
}
