package dev.drydock.model;

import dev.drydock.model.ModelFault.Kind;
import dev.drydock.model.ModelFault.Parameter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words that OpenAI, Azure, Anthropic, Gemini, OpenRouter, Groq, Mistral, DeepSeek, vLLM, llama.cpp, Ollama and LiteLLM use in
 * their errors. All take text in lower case.
 */
final class FaultWords {

    private static final Pattern CONTEXT = Pattern.compile(
            "context_length_exceeded|contextwindowexceeded|context[ _-]?(length|window|size|limit)|maximum (context|prompt|model) length"
                    + "|prompt (is )?too long|too many (input |prompt )?tokens|input (is )?too long|input length .{0,80}exceed"
                    + "|input token count|exceeds? the (model'?s )?(maximum|context|available)|string_above_max_length"
                    + "|max_model_len|n_ctx|requested tokens .{0,40}exceed|reduce (the|your) (length|prompt)");

    private static final Pattern CONTEXT_LIMIT = Pattern.compile(
            "\"n_ctx\"\\s*:\\s*(\\d{3,8})|(?:context|prompt|model) (?:length|size|window|limit)(?:(?! by )[^\\d]){0,30}?(\\d{3,8})"
                    + "|> (\\d{3,8})(?: maximum)?|maximum number of tokens allowed \\(?(\\d{3,8})|max_model_len\\D{0,10}(\\d{3,8})"
                    + "|limit(?:ed)? (?:is|to|of) (\\d{3,8})");

    private static final Pattern OUTPUT_LIMIT =
            Pattern.compile("supports at most \\d+ (completion|output) tokens|maximum allowed number of output tokens"
                    + "|max_(completion_)?tokens\\W{0,4}(must|should|has to) be (less|smaller|at most|<)|valid range of max_(completion_)?tokens"
                    + "|max_(completion_)?tokens.{0,40}(is )?too (large|high)");

    private static final Pattern FILTER = Pattern.compile(
            "content_filter|contentfilter|content[ _]policy|contentpolicyviolation|responsibleaipolicy|content management policy"
                    + "|prohibited_content|finish_?reason\"?:\\s*\"safety|safety (system|filter|settings)|blocked by .{0,30}(safety|moderation|guardrail)"
                    + "|data_inspection_failed|prompt (was|has been) flagged|flagged (as|for)|usage policies|moderation_blocked|content_blocked");

    private static final Pattern EMPTY_ACCOUNT = Pattern.compile(
            "insufficient_quota|insufficient[ _](balance|credits?|funds)|credit_balance|credit balance is too low|billing_hard_limit"
                    + "|billing hard limit|billing_not_active|budget has been exceeded|budget_exceeded|out of credits|not enough credits"
                    + "|(spend|spending|usage|credit|billing|monthly|prepaid)\\w{0,12}[ _]limit(_| has been | was )?(exceeded|reached)"
                    + "|payment[ _]required|requires more credits|account .{0,40}(suspended|deactivated)");

    private static final Pattern QUOTA = Pattern.compile(
            "exceeded your current quota|quota[ _]exceeded|exceeded .{0,30}quota|quota .{0,40}exceeded|out of quota|perday|per day|daily limit");

    private static final Pattern PER_MINUTE = Pattern.compile(
            "per[ _-]?(minute|min|second|sec|hour)|perminute|concurren|\\b[rt]pm\\b|requests? per|tokens? per (minute|min|second)|too many requests|slow down");

    private static final Pattern TOO_LARGE = Pattern.compile(
            "request_too_large|(request|payload|entity|body) (is |was )?(entity )?too large|request too large|content too large");

    private static final Pattern MODEL = Pattern.compile(
            "model_not_found|invalid model name|invalid_model|unknown model|no such model|model not (found|exist)|not a valid model"
                    + "|unsupported model|deploymentnotfound|(model|deployment)\\W.{0,120}?(does not exist|not found|doesn't exist|is not supported|no longer available|has been deprecated|is not available|unavailable for)"
                    + "|no (healthy )?deployments? (available )?for|no endpoints found|not_found_error.{0,40}model");

    private static final Pattern KEY = Pattern.compile(
            "no_db_connection|no connected db|invalid[ _-]?api[ _-]?key|incorrect api key|invalid x-api-key|api[ _]key (is )?(not valid|invalid|expired|missing)"
                    + "|api_key_invalid|authentication[ _]?error|authenticationerror|unauthorized|invalid (proxy server )?token|permission_?denied|no auth credentials");

    private static final Pattern BOUNDS =
            Pattern.compile("max_?length|max_?items|(unsupported|not (permitted|supported|allowed)) .{0,30}keyword");

    private static final Pattern FORMAT = Pattern.compile(
            "response_format|response format|json_schema|json schema|json_object|structured[ _]outputs?|guided|grammar|text\\.format"
                    + "|responseformat|invalid schema|response_schema|response_mime_type|json mode");

    private static final Pattern TEMPERATURE = Pattern.compile("temperature");
    private static final Pattern MAX_COMPLETION = Pattern.compile("max_completion_tokens");
    private static final Pattern MAX_TOKENS = Pattern.compile("max_tokens");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    /** A smaller number in an error is something else. */
    private static final int SMALLEST_CONTEXT = 256;

    private FaultWords() {}

    static boolean isContext(String words) {
        return CONTEXT.matcher(words).find();
    }

    static boolean isFilter(String words) {
        return FILTER.matcher(words).find();
    }

    static boolean isEmptyAccount(String words) {
        return EMPTY_ACCOUNT.matcher(words).find() && !isPerMinute(words);
    }

    static boolean isQuota(String words) {
        return QUOTA.matcher(words).find();
    }

    static boolean isPerMinute(String words) {
        return PER_MINUTE.matcher(words).find();
    }

    static boolean isTooLarge(String words) {
        return TOO_LARGE.matcher(words).find();
    }

    static boolean isSettings(String words) {
        return MODEL.matcher(words).find() || KEY.matcher(words).find();
    }

    /** Whether an error says that the key is wrong, whatever its status. */
    static boolean isKey(String message) {
        return KEY.matcher(message.toLowerCase(Locale.ROOT)).find();
    }

    /** The part of the request that an error names, of those that were sent. */
    static Optional<Parameter> parameter(String words, Set<Parameter> sent) {
        if (OUTPUT_LIMIT.matcher(words).find()) {
            return Optional.of(Parameter.OUTPUT_LIMIT);
        }
        return named(words, sent, Parameter.SCHEMA_BOUNDS, BOUNDS)
                .or(() -> named(words, sent, Parameter.JSON_SCHEMA, FORMAT))
                .or(() -> named(words, sent, Parameter.JSON_OBJECT, FORMAT))
                .or(() -> named(words, sent, Parameter.TEMPERATURE, TEMPERATURE))
                .or(() -> named(words, sent, Parameter.MAX_TOKENS, MAX_TOKENS))
                .or(() -> named(words, sent, Parameter.MAX_COMPLETION_TOKENS, MAX_COMPLETION));
    }

    private static Optional<Parameter> named(String words, Set<Parameter> sent, Parameter parameter, Pattern pattern) {
        return sent.contains(parameter) && pattern.matcher(words).find() ? Optional.of(parameter) : Optional.empty();
    }

    /** The limit of the context that an error names, in tokens; 0 if it names none. */
    static int contextLimit(String words) {
        var found = CONTEXT_LIMIT.matcher(words);
        while (found.find()) {
            for (var group = 1; group <= found.groupCount(); group++) {
                if (found.group(group) != null && Integer.parseInt(found.group(group)) >= SMALLEST_CONTEXT) {
                    return Integer.parseInt(found.group(group));
                }
            }
        }
        return 0;
    }

    /** The largest number in the text below what was asked for; half of that, if there is none. */
    static int outputLimit(String words, int asked) {
        return NUMBER.matcher(words)
                .results()
                .mapToInt(number -> Integer.parseInt(number.group()))
                .filter(number -> number > 1 && number < asked)
                .max()
                .orElse(Math.max(1, asked / 2));
    }

    /** What happened, and the setting to change where one helps. */
    static String advice(Kind kind, int status) {
        return switch (kind) {
            case QUOTA -> "the account at the model server is empty";
            case RATE_LIMITED, QUOTA_IN_DOUBT -> "the model server limits the rate of calls";
            case SETTINGS ->
                status == 401 || status == 403
                        ? "the model server refused the key; check OPENAI_API_KEY"
                        : "the model server does not know this model or address; check OPENAI_MODEL, OPENAI_BASE_URL and OPENAI_API_KEY";
            case CONTEXT_EXCEEDED -> "the request is longer than the model's context";
            case TOO_LARGE -> "the request is too large for the model server";
            case FILTERED -> "the model server filtered the content";
            case PARAMETER -> "the model server refused a parameter of the request";
            default ->
                status >= 500 || status < 300 ? "the model server failed" : "the model server rejected the request";
        };
    }
}
