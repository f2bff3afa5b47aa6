package dev.drydock.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Where traces go. Any number of the three at once; none by default. */
public interface TraceSettings {

    /** Of any OTLP backend, as in {@code OTEL_EXPORTER_OTLP_ENDPOINT}: {@code /v1/traces} is added. */
    @WithDefault("${OTEL_EXPORTER_OTLP_ENDPOINT:}")
    Optional<@WithConverter(Converters.WebAddress.class) URI> endpoint();

    /** {@code name=value}, separated by commas, as in {@code OTEL_EXPORTER_OTLP_HEADERS}. */
    @WithDefault("${OTEL_EXPORTER_OTLP_HEADERS:}")
    Optional<String> headers();

    /** {@code SPAN_ONLY} or {@code SPAN_AND_EVENT} put prompts and answers on spans; other values do not. */
    @WithDefault("${OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT:SPAN_ONLY}")
    String capture();

    LangSmith langsmith();

    Langfuse langfuse();

    /** https://docs.langchain.com/langsmith/trace-with-opentelemetry */
    interface LangSmith {

        @WithDefault("${LANGSMITH_API_KEY:}")
        Optional<String> apiKey();

        @WithDefault("${LANGSMITH_PROJECT:}")
        Optional<String> project();

        @WithDefault("${LANGSMITH_ENDPOINT:https://api.smith.langchain.com}")
        @WithConverter(Converters.WebAddress.class)
        URI endpoint();
    }

    /** https://langfuse.com/integrations/native/opentelemetry */
    interface Langfuse {

        @WithDefault("${LANGFUSE_PUBLIC_KEY:}")
        Optional<String> publicKey();

        @WithDefault("${LANGFUSE_SECRET_KEY:}")
        Optional<String> secretKey();

        @WithDefault("${LANGFUSE_BASE_URL:https://cloud.langfuse.com}")
        @WithConverter(Converters.WebAddress.class)
        URI baseUrl();
    }
}
