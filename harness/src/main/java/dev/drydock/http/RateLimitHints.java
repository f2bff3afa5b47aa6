package dev.drydock.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * When a server wants the next request, in each of the ways in which servers and gateways say so. What cannot be read is
 * ignored.
 *
 * @see <a href="https://platform.openai.com/docs/guides/rate-limits">OpenAI: x-ratelimit-*</a>
 * @see <a href="https://ai.google.dev/gemini-api/docs/rate-limits">Gemini: RetryInfo.retryDelay</a>
 */
public final class RateLimitHints {

    /** LiteLLM hands its upstream's headers on under this prefix. */
    private static final String GATEWAY = "llm_provider-";

    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,9})?");
    private static final Pattern PARTS = Pattern.compile(
            "(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(milliseconds?|ms|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|[smhd])(?![a-z])");
    private static final Pattern RETRY_DELAY =
            Pattern.compile("\"retryDelay\"\\s*:\\s*\"(\\d{1,9}(?:\\.\\d{1,9})?s)\"");
    private static final Pattern TEXT = Pattern.compile(
            "(?:try again|retry|retrying|wait|available again|resets?)\\s+(?:again\\s+)?(?:in|after|for)\\s+(?:about\\s+)?"
                    + "((?:\\d{1,9}(?:\\.\\d{1,9})?\\s*[a-z]+[\\s,]*(?:and\\s+)?){1,4})");

    private static final long EPOCH_SECONDS = 1_000_000_000L;
    private static final long EPOCH_MILLIS = 1_000_000_000_000L;

    /** What a server still takes until a limit is reset. */
    public record Allowance(OptionalInt calls, Duration reset) {

        static final Allowance UNKNOWN = new Allowance(OptionalInt.empty(), Duration.ZERO);
    }

    private RateLimitHints() {}

    /** The pause that a refusal asks for; empty if it names none. */
    public static Optional<Duration> retryAfter(HttpHeaders headers, String body, Instant now) {
        return Stream.<Optional<Duration>>of(
                        header(headers, "retry-after-ms").flatMap(RateLimitHints::millis),
                        header(headers, "retry-after").flatMap(value -> standard(value, now)),
                        resetOfExhausted(headers, now),
                        first(RETRY_DELAY, body).flatMap(RateLimitHints::parts),
                        first(TEXT, body.toLowerCase(Locale.ROOT)).flatMap(RateLimitHints::parts))
                .flatMap(Optional::stream)
                .filter(pause -> !pause.isNegative() && !pause.isZero())
                .findFirst();
    }

    /**
     * What an answer's headers say of the calls after it.
     *
     * @param tokens that a call takes, as providers count them
     */
    public static Allowance allowance(HttpHeaders headers, LongSupplier tokens, Instant now) {
        var calls = remaining(headers, "requests");
        var reset = reset(headers, "requests", now);
        var tokensLeft = remaining(headers, "tokens");
        if (tokensLeft.isPresent() && tokensLeft.getAsLong() < tokens.getAsLong()) {
            var tokensReset = reset(headers, "tokens", now);
            if (tokensReset.isPresent()) {
                return new Allowance(OptionalInt.of(0), tokensReset.get());
            }
        }
        return calls.isPresent() && reset.isPresent()
                ? new Allowance(OptionalInt.of((int) Math.min(calls.getAsLong(), Integer.MAX_VALUE)), reset.get())
                : Allowance.UNKNOWN;
    }

    /** The latest reset of the limits that are used up. */
    private static Optional<Duration> resetOfExhausted(HttpHeaders headers, Instant now) {
        return Stream.of("requests", "tokens")
                .filter(what -> remaining(headers, what).orElse(-1) == 0)
                .flatMap(what -> reset(headers, what, now).stream())
                .max(Duration::compareTo);
    }

    private static OptionalLong remaining(HttpHeaders headers, String what) {
        return names("remaining", what).stream()
                .flatMap(name -> header(headers, name).stream())
                .filter(value -> NUMBER.matcher(value).matches())
                .mapToLong(value -> (long) Double.parseDouble(value))
                .findFirst();
    }

    private static Optional<Duration> reset(HttpHeaders headers, String what, Instant now) {
        return names("reset", what).stream()
                .flatMap(name -> header(headers, name).stream())
                .flatMap(value -> duration(value, now).stream())
                .filter(pause -> !pause.isNegative())
                .findFirst();
    }

    private static List<String> names(String of, String what) {
        var own = List.of("x-ratelimit-" + of + "-" + what, "anthropic-ratelimit-" + what + "-" + of);
        return what.equals("requests")
                ? Stream.concat(own.stream(), Stream.of("x-ratelimit-" + of, "ratelimit-" + of))
                        .toList()
                : own;
    }

    private static Optional<String> header(HttpHeaders headers, String name) {
        return headers.firstValue(name)
                .or(() -> headers.firstValue(GATEWAY + name))
                .map(String::strip);
    }

    /** {@code 1s}, {@code 6m0s}, {@code 250ms}, seconds, seconds or milliseconds since 1970, or a date. */
    private static Optional<Duration> duration(String value, Instant now) {
        if (!NUMBER.matcher(value).matches()) {
            return parts(value.toLowerCase(Locale.ROOT)).or(() -> standard(value, now));
        }
        var number = Double.parseDouble(value);
        if (number >= EPOCH_MILLIS) {
            return Optional.of(Duration.between(now, Instant.ofEpochMilli((long) number)));
        }
        return number >= EPOCH_SECONDS
                ? Optional.of(Duration.between(now, Instant.ofEpochSecond((long) number)))
                : Optional.of(ofSeconds(number));
    }

    /** As in the header {@code Retry-After}, and ISO-8601. */
    private static Optional<Duration> standard(String value, Instant now) {
        return RetryAfter.parse(value, now)
                .or(() -> instant(value))
                .map(until -> Duration.between(now, until))
                .or(() -> whole(value));
    }

    private static Optional<Duration> whole(String value) {
        return PARTS.matcher(value).lookingAt() ? parts(value) : Optional.empty();
    }

    private static Optional<Instant> instant(String value) {
        try {
            return Optional.of(Instant.parse(value));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> millis(String value) {
        return NUMBER.matcher(value).matches()
                ? Optional.of(ofSeconds(Double.parseDouble(value) / 1000))
                : Optional.empty();
    }

    /** The sum of {@code 1h}, {@code 6m0s}, {@code 20 seconds}; empty if there is no such part. */
    private static Optional<Duration> parts(String text) {
        return PARTS.matcher(text)
                .results()
                .map(part -> ofSeconds(Double.parseDouble(part.group(1)) * seconds(part.group(2))))
                .reduce(Duration::plus);
    }

    private static double seconds(String unit) {
        if (unit.equals("ms") || unit.startsWith("milli")) {
            return 0.001;
        }
        return switch (unit.charAt(0)) {
            case 'm' -> 60;
            case 'h' -> 3600;
            case 'd' -> 86_400;
            default -> 1;
        };
    }

    private static Duration ofSeconds(double seconds) {
        return Duration.ofMillis((long) Math.ceil(seconds * 1000));
    }

    private static Optional<String> first(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).findFirst();
    }
}
