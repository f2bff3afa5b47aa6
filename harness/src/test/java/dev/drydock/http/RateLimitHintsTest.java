package dev.drydock.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.http.RateLimitHints.Allowance;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitHintsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            Retry-After: 2                                             | -                                        | PT2S
            Retry-After: 0.25                                          | -                                        | PT0.25S
            Retry-After: Thu, 26 Nov 2026 12:00:07 GMT                 | -                                        | PT7S
            Retry-After: 2026-11-26T12:00:09Z                          | -                                        | PT9S
            Retry-After: 20s                                           | -                                        | PT20S
            Retry-After: soon                                          | -                                        | -
            Retry-After: -1                                            | -                                        | -
            Retry-After: 0                                             | Please try again in 3s.                  | PT3S
            retry-after-ms: 350; Retry-After: 1                        | -                                        | PT0.35S
            llm_provider-retry-after: 4                                | -                                        | PT4S
            x-ratelimit-remaining-requests: 0; x-ratelimit-reset-requests: 6m0s | -                               | PT6M
            x-ratelimit-remaining-tokens: 0; x-ratelimit-reset-tokens: 250ms    | -                               | PT0.25S
            x-ratelimit-remaining-requests: 5; x-ratelimit-reset-requests: 9s   | -                               | -
            x-ratelimit-remaining-requests: 0; x-ratelimit-reset-requests: 1h2m3.5s | -                           | PT1H2M3.5S
            x-ratelimit-remaining-requests: 0; x-ratelimit-reset-requests: 1795694410 | -                         | PT10S
            anthropic-ratelimit-requests-remaining: 0; anthropic-ratelimit-requests-reset: 2026-11-26T12:01:00Z | - | PT1M
            -                                                          | {"@type": "RetryInfo", "retryDelay": "34.074s"} | PT34.074S
            -                                                          | Rate limit reached. Please try again in 20s. | PT20S
            -                                                          | Please try again in 1m12.5s.             | PT1M12.5S
            -                                                          | try again in 250ms                       | PT0.25S
            -                                                          | Please retry after 7 seconds.            | PT7S
            -                                                          | Please wait for 2 minutes and 5 seconds. | PT2M5S
            -                                                          | try again in a while                     | -
            -                                                          | -                                        | -
            """)
    void reads_the_pause_that_a_refusal_asks_for(String headers, String body, Duration pause) {
        assertThat(RateLimitHints.retryAfter(headers(headers), body == null ? "" : body, NOW))
                .isEqualTo(Optional.ofNullable(pause));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            x-ratelimit-remaining-requests: 12; x-ratelimit-reset-requests: 1s                         | 12 | PT1S
            X-RateLimit-Remaining-Requests: 0; X-RateLimit-Reset-Requests: 500ms                       | 0  | PT0.5S
            llm_provider-x-ratelimit-remaining-requests: 3; llm_provider-x-ratelimit-reset-requests: 2 | 3  | PT2S
            x-ratelimit-remaining-tokens: 900; x-ratelimit-reset-tokens: 4s                            | 0  | PT4S
            x-ratelimit-remaining-tokens: 5000; x-ratelimit-reset-tokens: 4s                           | -  | PT0S
            x-ratelimit-remaining-requests: -1; x-ratelimit-reset-requests: 1s                         | -  | PT0S
            x-ratelimit-remaining-requests: many; x-ratelimit-reset-requests: 1s                       | -  | PT0S
            x-ratelimit-remaining-requests: 0; x-ratelimit-reset-requests: -1                          | -  | PT0S
            x-ratelimit-remaining-requests: 0                                                          | -  | PT0S
            -                                                                                          | -  | PT0S
            """)
    void reads_how_many_calls_an_answer_allows(String headers, Integer calls, Duration reset) {
        assertThat(RateLimitHints.allowance(headers(headers), () -> 1000, NOW))
                .isEqualTo(new Allowance(calls == null ? OptionalInt.empty() : OptionalInt.of(calls), reset));
    }

    private static HttpHeaders headers(String lines) {
        var headers = new LinkedHashMap<String, List<String>>();
        Arrays.stream((lines == null ? "" : lines).split("; ", -1))
                .filter(line -> !line.isBlank())
                .forEach(
                        line -> headers.put(line.replaceFirst(":.*", ""), List.of(line.replaceFirst("^[^:]*: *", ""))));
        return HttpHeaders.of(headers, (name, value) -> true);
    }
}
