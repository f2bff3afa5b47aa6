package dev.drydock.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import jakarta.inject.Singleton;
import java.util.function.Consumer;

/** Puts spans around pieces of work: each is the child of the one that it is called in. */
@Singleton
public class Spans {

    /** A piece of work that throws what it likes. */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {

        T run() throws X;
    }

    private final Tracer tracer;

    Spans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Runs the work in a span. If it throws, the span says with what kind of exception; what that says is not sent. */
    public <T, X extends Exception> T around(String name, Consumer<Span> describe, Work<T, X> work) throws X {
        return around(tracer.spanBuilder(name).startSpan(), describe, work);
    }

    /** The same for work that asks another system. */
    public <T, X extends Exception> T aroundRequest(String name, Consumer<Span> describe, Work<T, X> work) throws X {
        return around(tracer.spanBuilder(name).setSpanKind(SpanKind.CLIENT).startSpan(), describe, work);
    }

    /** The same for work that has no parent: a trace of its own. */
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

    /** Marks a span as failed, for faults that are values. */
    public static void failed(Span span, String errorType) {
        span.setAttribute(GenAi.ERROR_TYPE, errorType);
        span.setStatus(StatusCode.ERROR);
    }
}
