package dev.drydock.trace;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * All attribute names on spans. First those of OpenTelemetry's conventions for generative AI
 * (https://github.com/open-telemetry/semantic-conventions-genai, 0.1.0), then what LangSmith and Langfuse read besides.
 */
public final class GenAi {

    // the conventions

    public static final AttributeKey<String> OPERATION_NAME = stringKey("gen_ai.operation.name");
    public static final AttributeKey<String> PROVIDER_NAME = stringKey("gen_ai.provider.name");
    public static final AttributeKey<String> AGENT_NAME = stringKey("gen_ai.agent.name");
    public static final AttributeKey<String> REQUEST_MODEL = stringKey("gen_ai.request.model");
    public static final AttributeKey<Long> REQUEST_MAX_TOKENS = longKey("gen_ai.request.max_tokens");
    public static final AttributeKey<Double> REQUEST_TEMPERATURE = doubleKey("gen_ai.request.temperature");
    public static final AttributeKey<String> OUTPUT_TYPE = stringKey("gen_ai.output.type");
    public static final AttributeKey<String> RESPONSE_ID = stringKey("gen_ai.response.id");
    public static final AttributeKey<String> RESPONSE_MODEL = stringKey("gen_ai.response.model");
    public static final AttributeKey<List<String>> FINISH_REASONS = stringArrayKey("gen_ai.response.finish_reasons");
    public static final AttributeKey<Long> INPUT_TOKENS = longKey("gen_ai.usage.input_tokens");
    public static final AttributeKey<Long> OUTPUT_TOKENS = longKey("gen_ai.usage.output_tokens");
    public static final AttributeKey<Long> CACHED_TOKENS = longKey("gen_ai.usage.cache_read.input_tokens");
    public static final AttributeKey<Long> REASONING_TOKENS = longKey("gen_ai.usage.reasoning.output_tokens");
    public static final AttributeKey<String> PROMPT_NAME = stringKey("gen_ai.prompt.name");
    public static final AttributeKey<String> PROMPT_VERSION = stringKey("gen_ai.prompt.version");
    public static final AttributeKey<String> INPUT_MESSAGES = stringKey("gen_ai.input.messages");
    public static final AttributeKey<String> OUTPUT_MESSAGES = stringKey("gen_ai.output.messages");
    public static final AttributeKey<String> TOOL_NAME = stringKey("gen_ai.tool.name");
    public static final AttributeKey<String> TOOL_TYPE = stringKey("gen_ai.tool.type");
    public static final AttributeKey<String> TOOL_CALL_ID = stringKey("gen_ai.tool.call.id");
    public static final AttributeKey<String> TOOL_ARGUMENTS = stringKey("gen_ai.tool.call.arguments");
    public static final AttributeKey<String> TOOL_RESULT = stringKey("gen_ai.tool.call.result");
    public static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");
    public static final AttributeKey<String> SERVER_ADDRESS = stringKey("server.address");
    public static final AttributeKey<Long> SERVER_PORT = longKey("server.port");

    public static final String CHAT = "chat";
    public static final String INVOKE_AGENT = "invoke_agent";
    public static final String EXECUTE_TOOL = "execute_tool";

    // names that backends read in addition: older ones and their own

    /** Read by Langfuse; the conventions have no attribute for cost. */
    public static final AttributeKey<Double> COST = doubleKey("gen_ai.usage.cost");

    public static final AttributeKey<String> SYSTEM = stringKey("gen_ai.system");
    public static final AttributeKey<Long> PROMPT_TOKENS = longKey("gen_ai.usage.prompt_tokens");
    public static final AttributeKey<Long> COMPLETION_TOKENS = longKey("gen_ai.usage.completion_tokens");
    public static final AttributeKey<Long> TOTAL_TOKENS = longKey("gen_ai.usage.total_tokens");

    /** LangSmith: {@code llm}, {@code chain} or {@code tool}. */
    public static final AttributeKey<String> LANGSMITH_KIND = stringKey("langsmith.span.kind");

    /** Langfuse uses {@link #PROMPT_NAME} as the input unless this is set. */
    public static final AttributeKey<String> LANGFUSE_INPUT = stringKey("langfuse.observation.input");

    public static final AttributeKey<String> LANGFUSE_OUTPUT = stringKey("langfuse.observation.output");
    public static final AttributeKey<String> LANGFUSE_PROMPT_NAME = stringKey("langfuse.observation.prompt.name");
    public static final AttributeKey<String> LANGFUSE_TRACE_NAME = stringKey("langfuse.trace.name");

    // Drydock's own

    public static final AttributeKey<String> RUN_ID = stringKey("drydock.run.id");
    public static final AttributeKey<String> ENTRY_ID = stringKey("drydock.entry.id");
    public static final AttributeKey<String> MODE = stringKey("drydock.mode");
    public static final AttributeKey<String> OUTCOME = stringKey("drydock.outcome");
    public static final AttributeKey<String> LABEL = stringKey("drydock.label");
    public static final AttributeKey<String> ROUTE = stringKey("drydock.route");
    public static final AttributeKey<Long> ATTEMPT = longKey("drydock.attempt");
    public static final AttributeKey<Long> TOKENS_CUT = longKey("drydock.tokens_cut");

    private GenAi() {}

    /** {@code gen_ai.prompt.0.role}: one attribute for each message, as LangSmith and older backends read them. */
    public static AttributeKey<String> prompt(int at, String field) {
        return stringKey("gen_ai.prompt." + at + "." + field);
    }

    /** {@code gen_ai.completion.0.content}. */
    public static AttributeKey<String> completion(int at, String field) {
        return stringKey("gen_ai.completion." + at + "." + field);
    }
}
