package dev.drydock.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import jakarta.inject.Singleton;
import java.util.function.Consumer;

/** Runs work in spans. Each span is a child of the current one. */
@Singleton
public class Spans {

    /** Work that may throw any exception. */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {

        T run() throws X;
    }

    private final Tracer tracer;

    Spans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Runs the work in a span. An exception sets the span's error type; its message is not exported. */
    public <T, X extends Exception> T around(String name, Consumer<Span> describe, Work<T, X> work) throws X {
        return around(tracer.spanBuilder(name).startSpan(), describe, work);
    }

    /** The same for a request to another system. */
    public <T, X extends Exception> T aroundRequest(String name, Consumer<Span> describe, Work<T, X> work) throws X {
        return around(tracer.spanBuilder(name).setSpanKind(SpanKind.CLIENT).startSpan(), describe, work);
    }

    /** The same as the root of a new trace. */
    public <T, X extends Exception> T aroundTrace(String name, Consumer<Span> describe, Work<T, X> work) throws X {
        return around(tracer.spanBuilder(name).setNoParent().startSpan(), describe, work);
    }

    private static <T, X extends Exception> T around(Span span, Consumer<Span> describe, Work<T, X> work) throws X {
        try (var scope = span.makeCurrent()) {
            describe.accept(span);
            return work.run();
        } catch (Throwable e) {
            failed(span, e.getClass().getName());
            throw e;
        } finally {
            span.end();
        }
    }

    /** Marks a span as failed, for faults that are not exceptions. */
    public static void failed(Span span, String errorType) {
        span.setAttribute(GenAi.ERROR_TYPE, errorType);
        span.setStatus(StatusCode.ERROR);
    }
}
