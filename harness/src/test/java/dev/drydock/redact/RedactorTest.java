package dev.drydock.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.TestSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class RedactorTest {

    private final Redactor redactor = new Redactor(TestSettings.of(Map.of(
            "drydock.model.api-key", "a-key-of-no-known-shape",
            "HEALTHCHECKS_PING_URL", "https://hc-ping.com/a-ping-key/nightly",
            "PAGERDUTY_ROUTING_KEY", "a-routing-key",
            "drydock.redact.secrets.badge", "badge-\\d{6,7}",
            "drydock.redact.personal.customer", "customer \\d+")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-proj-abcdefghijklmnopqrstuvwx",
                "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
                "xoxb-123456789012-abcdefghij",
                "AKIAIOSFODNN7EXAMPLE",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqbyJ9.c2lnbmF0dXJl",
                "https://hooks.slack.com/services/T0/B0/abcdef",
                "-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----",
                "badge-123456",
                "a-key-of-no-known-shape",
                "https://hc-ping.com/a-ping-key/nightly",
                "a-routing-key"
            })
    void masks_secrets_everywhere(String secret) {
        assertThat(redactor.record("before " + secret + " after")).isEqualTo("before [secret] after");
        assertThat(redactor.log("before " + secret + " after")).isEqualTo("before [secret] after");
    }

    @Test
    void keeps_what_precedes_a_secret() {
        assertThat(redactor.record("Authorization: Bearer abcdefghijklmnop"))
                .isEqualTo("Authorization: Bearer [secret]");
        assertThat(redactor.record("password=hunter22 user=jo")).isEqualTo("password=[secret] user=jo");
        assertThat(redactor.record("{\"api_key\": \"0123456789\"}")).isEqualTo("{\"api_key\": \"[secret]\"}");
        assertThat(redactor.record("postgres://jo:hunter22@db/x")).isEqualTo("postgres://jo:[secret]@db/x");
    }

    @Test
    void masks_personal_data_in_logs_and_in_records_where_it_is_told_to() {
        var text = "jo.doe@example.co.uk, +49 30 1234567, (555) 123-4567, 4111 1111 1111 1111, customer 77";

        assertThat(redactor.log(text))
                .isEqualTo("[mail address], [phone number], [phone number], [card number], [customer]");
        assertThat(redactor.record(text)).isEqualTo(text);
        assertThat(new Redactor(TestSettings.of(Map.of("drydock.redact.personal-in-records", "true"))).record(text))
                .startsWith("[mail address], [phone number], [phone number], [card number]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a-", "a.a", "eyJ-", "sk-", "1 ", "token ", "basic ", "a@a.", "x://", "-----BEGIN A", "+1 "})
    @Timeout(300) // a pattern that looks twice would take hours
    void reads_hostile_texts_once(String part) {
        var text = part.repeat(1_000_000 / part.length());

        assertThat(redactor.log(text)).isNotEmpty();
    }

    @Test
    void masks_no_ids_times_and_amounts() {
        var text = "run 01a20a93-a349-7f2c-83ea-e7b9f2e67c7b at 2026-11-23T21:49:34.123Z took 1234567890 ns, v1.2.3,"
                + " 4111 1111 1111 1112, token count 15, 1,000,000 tokens: 400";

        assertThat(redactor.log(text)).isEqualTo(text);
    }
}
