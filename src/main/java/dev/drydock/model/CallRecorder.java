package dev.drydock.model;

import dev.drydock.journal.Database;
import dev.drydock.journal.ModelCall;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Hears every call of every chat model, and hands those made on behalf of an entry to whoever records the entry.
 *
 * <p>A call is told apart by its thread: the one that runs {@link #record}.
 */
@Singleton
public class CallRecorder implements ChatModelListener {

    private static final String STARTED = CallRecorder.class.getName();

    private record Started(Instant at, long nanos) {}

    private final ThreadLocal<@Nullable List<ModelCall>> calls = new ThreadLocal<>();
    private final CallJson json;
    private final InstantSource clock;

    CallRecorder(CallJson json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
    }

    /** Runs a piece of work and adds each model call that it makes to {@code into}, also when the work fails. */
    public <T> T record(List<ModelCall> into, Callable<T> work) throws Exception {
        calls.set(into);
        try {
            return work.call();
        } finally {
            calls.remove();
        }
    }

    @Override
    public void onRequest(ChatModelRequestContext context) {
        context.attributes().put(STARTED, new Started(clock.instant(), System.nanoTime()));
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
        var response = context.chatResponse();
        var usage = response.tokenUsage();
        var finishReason = response.finishReason();
        var started = started(context.attributes());
        add(new ModelCall(
                Database.newId(),
                context.chatRequest().modelName(),
                response.modelName(),
                json.request(context.chatRequest()),
                json.response(response),
                usage == null ? null : toLong(usage.inputTokenCount()),
                usage == null ? null : toLong(usage.outputTokenCount()),
                null,
                finishReason == null ? null : finishReason.name(),
                null,
                started.at(),
                Duration.ofNanos(System.nanoTime() - started.nanos())));
    }

    @Override
    public void onError(ChatModelErrorContext context) {
        var started = started(context.attributes());
        add(new ModelCall(
                Database.newId(),
                context.chatRequest().modelName(),
                null,
                json.request(context.chatRequest()),
                null,
                null,
                null,
                null,
                null,
                Faults.describe(context.error()),
                started.at(),
                Duration.ofNanos(System.nanoTime() - started.nanos())));
    }

    private static Started started(Map<Object, Object> attributes) {
        return (Started) Objects.requireNonNull(attributes.get(STARTED), "onRequest comes first");
    }

    private void add(ModelCall call) {
        var list = calls.get();
        if (list != null) {
            list.add(call);
        }
    }

    private static @Nullable Long toLong(@Nullable Integer count) {
        return count == null ? null : count.longValue();
    }
}
