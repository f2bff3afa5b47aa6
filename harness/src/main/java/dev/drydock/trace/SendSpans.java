package dev.drydock.trace;

import dev.drydock.http.HttpClients;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.ProxyOptions;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends spans to one backend from a background thread. A slow or failed backend never delays a cycle: spans that do not fit
 * the queue or cannot be sent are dropped and counted.
 */
@RegisterForReflection(classNames = "io.opentelemetry.exporter.sender.jdk.internal.JdkHttpSenderProvider") // a service
final class SendSpans implements SpanProcessor {

    private static final int QUEUE = 2_048;
    private static final int BATCH = 128;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Backend backend;
    private final SpanProcessor batches;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();

    SendSpans(Backend backend, HttpClients clients) {
        this.backend = backend;
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(backend.url())
                .setTimeout(TIMEOUT)
                .setProxy(ProxyOptions.create(clients.proxies()));
        backend.headers().forEach(exporter::addHeader);
        clients.proxies()
                .authorization(URI.create(backend.url()))
                .ifPresent(credentials -> exporter.addHeader("Proxy-Authorization", credentials));
        clients.certificates().ifPresent(trusted -> exporter.setSslContext(trusted.context(), trusted.trustManager()));
        this.batches = BatchSpanProcessor.builder(new Counted(exporter.build()))
                .setMaxQueueSize(2 * QUEUE) // never full: onEnd drops spans beyond QUEUE
                .setMaxExportBatchSize(BATCH)
                .setScheduleDelay(Duration.ofSeconds(1))
                .setExporterTimeout(TIMEOUT)
                .build();
    }

    String backend() {
        return backend.name();
    }

    /** The number of dropped spans. */
    long dropped() {
        return dropped.get();
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (waiting.incrementAndGet() > QUEUE) {
            waiting.decrementAndGet();
            dropped.incrementAndGet();
        } else {
            batches.onEnd(span);
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        // spans are sent when they end
    }

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public CompletableResultCode forceFlush() {
        return batches.forceFlush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return batches.shutdown();
    }

    private final class Counted implements SpanExporter {

        private final SpanExporter exporter;

        private Counted(SpanExporter exporter) {
            this.exporter = exporter;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            var number = spans.size();
            var result = export(exporter, spans);
            result.whenComplete(() -> {
                waiting.addAndGet(-number);
                if (!result.isSuccess()) {
                    dropped.addAndGet(number);
                }
            });
            return result;
        }

        private static CompletableResultCode export(SpanExporter exporter, Collection<SpanData> spans) {
            try {
                return exporter.export(spans);
            } catch (RuntimeException e) {
                return CompletableResultCode.ofExceptionalFailure(e);
            }
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }
}
