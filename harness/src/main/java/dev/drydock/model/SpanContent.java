package dev.drydock.model;

import dev.drydock.config.DrydockConfig;
import dev.drydock.redact.Redactor;
import dev.drydock.trace.TraceExport;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;

/**
 * Whether what was said may stand on spans, as {@code OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT} says; and if
 * so, puts it there, masked.
 */
@Singleton
class SpanContent {

    private static final Set<String> ON_SPANS = Set.of("SPAN_ONLY", "SPAN_AND_EVENT", "TRUE");

    private static final int LONGEST = 20_000;

    private final Redactor redactor;
    private final boolean on;

    SpanContent(Redactor redactor, TraceExport export, DrydockConfig config) {
        this.redactor = redactor;
        this.on = export.isOn()
                && ON_SPANS.contains(config.traces().capture().strip().toUpperCase(Locale.ROOT));
    }

    boolean isOn() {
        return on;
    }

    void set(Span span, AttributeKey<String> key, String text) {
        if (on) {
            span.setAttribute(key, text(text));
        }
    }

    /** Masked, and cut where it is longer than anybody reads on a span; the journal has it whole. */
    String text(String text) {
        var masked = redactor.record(text); // before it is cut, or half a secret might stay
        return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST) + "…";
    }
}
