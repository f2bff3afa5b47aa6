package dev.drydock.trace;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** A server that takes traces as any OTLP backend, as LangSmith and as Langfuse, and decodes them. */
public class TraceReceiver implements QuarkusTestResourceLifecycleManager {

    private final WireMockServer server = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    /** Marks where a test wants the receiver. */
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Inject {}

    @Override
    public Map<String, String> start() {
        server.start();
        server.stubFor(any(anyUrl()).willReturn(ok()));
        return Map.of(
                "drydock.traces.endpoint", server.baseUrl(),
                "drydock.traces.headers", "x-team=night%20watch,x-empty=",
                "drydock.traces.langsmith.api-key", "lsv2_test",
                "drydock.traces.langsmith.project", "drydock-tests",
                "drydock.traces.langsmith.endpoint", server.baseUrl(),
                "drydock.traces.langfuse.public-key", "pk-lf-1",
                "drydock.traces.langfuse.secret-key", "sk-lf-1",
                "drydock.traces.langfuse.base-url", server.baseUrl());
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.AnnotatedAndMatchesType(Inject.class, TraceReceiver.class));
    }

    List<LoggedRequest> requestsTo(String path) {
        return server.findAll(postRequestedFor(urlPathEqualTo(path)));
    }

    /** The spans of the trace whose root has this name, in the order of their beginnings. */
    public List<Span> trace(String path, String root) {
        var all = requestsTo(path).stream()
                .flatMap(request -> spans(request).stream())
                .toList();
        var traceId = all.stream()
                .filter(span -> span.getName().equals(root))
                .map(Span::getTraceId)
                .findFirst();
        return all.stream()
                .filter(span -> Optional.of(span.getTraceId()).equals(traceId))
                .sorted(Comparator.comparingLong(Span::getStartTimeUnixNano))
                .toList();
    }

    public static Map<String, String> attributes(Span span) {
        return span.getAttributesList().stream()
                .collect(Collectors.toMap(attribute -> attribute.getKey(), attribute -> text(attribute.getValue())));
    }

    /** A trace as an indented text. */
    public static String tree(List<Span> spans) {
        var text = new StringBuilder();
        spans.stream().filter(span -> span.getParentSpanId().isEmpty()).forEach(root -> append(text, spans, root, ""));
        return text.toString();
    }

    private static void append(StringBuilder text, List<Span> spans, Span span, String indent) {
        text.append(indent).append(span.getName()).append('\n');
        spans.stream()
                .filter(child -> child.getParentSpanId().equals(span.getSpanId()))
                .forEach(child -> append(text, spans, child, indent + "  "));
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> String.valueOf(value.getIntValue());
            case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
            case BOOL_VALUE -> String.valueOf(value.getBoolValue());
            default ->
                value.getArrayValue().getValuesList().stream()
                        .map(TraceReceiver::text)
                        .collect(Collectors.joining(",", "[", "]"));
        };
    }

    private static List<Span> spans(LoggedRequest request) {
        try {
            return ExportTraceServiceRequest.parseFrom(body(request)).getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] body(LoggedRequest request) {
        var body = request.getBody();
        if (!request.containsHeader("Content-Encoding")) {
            return body;
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
