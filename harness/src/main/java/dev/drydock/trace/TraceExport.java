package dev.drydock.trace;

import dev.drydock.config.DrydockConfig;
import dev.drydock.http.HttpClients;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Sends each finished span to all configured backends. */
@Singleton
public class TraceExport implements SpanProcessor {

    private static final int LONGEST_FLUSH_SECONDS = 5;

    private final List<SendSpans> backends;

    TraceExport(DrydockConfig config, HttpClients clients) {
        this.backends = Backend.of(config.traces()).stream()
                .map(backend -> new SendSpans(backend, clients))
                .toList();
    }

    /** Fails where the settings of the backends contradict each other. */
    public static void check(DrydockConfig config) {
        Backend.of(config.traces());
    }

    /** Whether a backend is configured. */
    public boolean isOn() {
        return !backends.isEmpty();
    }

    /** The number of dropped spans, by backend. */
    public Map<String, Long> dropped() {
        return backends.stream().collect(Collectors.toMap(SendSpans::backend, SendSpans::dropped));
    }

    /** After the cycles have ended, so that their spans are sent. */
    void flush(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event) {
        forceFlush().join(LONGEST_FLUSH_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void onEnd(ReadableSpan span) {
        backends.forEach(backend -> backend.onEnd(span));
    }

    @Override
    public boolean isEndRequired() {
        return !backends.isEmpty();
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        // spans are sent whole
    }

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public CompletableResultCode forceFlush() {
        return CompletableResultCode.ofAll(
                backends.stream().map(SendSpans::forceFlush).toList());
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofAll(
                backends.stream().map(SendSpans::shutdown).toList());
    }
}
