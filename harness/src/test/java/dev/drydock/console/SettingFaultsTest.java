package dev.drydock.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.TestSettings;
import dev.drydock.config.SecretFiles;
import dev.drydock.config.SettingNames;
import dev.drydock.config.TrimValues;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingFaultsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "DRYDOCK_MOED, DRYDOCK_MODE",
        "DRYDOCK_BUDGET_DAYLY_USD, DRYDOCK_BUDGET_DAILY_USD",
        "DRYDOCK_SCHEDUL, DRYDOCK_SCHEDULE",
        "DRYDOCK_MODEL_MAX_OUTPUT_TOKEN, DRYDOCK_MODEL_MAX_OUTPUT_TOKENS"
    })
    void names_the_setting_that_an_unknown_variable_resembles(String variable, String meant) {
        assertThat(faults(Map.of(variable, "x")))
                .containsExactly("%s is not a setting: did you mean %s?".formatted(variable, meant));
    }

    @Test
    void asks_for_the_key_of_a_model_server_only_where_models_are_asked() {
        var faults = faults(config(Map.of()));

        assertThat(faults.missing(true)).singleElement().asString().startsWith("OPENAI_API_KEY is missing");
        assertThat(faults.missing(false)).isEmpty();
    }

    @Test
    void names_what_the_login_by_an_identity_provider_lacks() {
        assertThat(faults(Map.of("OIDC_ISSUER", "https://login.example.com", "OIDC_CLIENT_ID", "night-owl")))
                .containsExactly("OIDC_CLIENT_SECRET is missing. Set it for the login by OpenID Connect,"
                        + " or remove all variables that begin with OIDC_");
        assertThat(faults(Map.of("OIDC_ROLES_CLAIM", "roles"))).hasSize(3);
        assertThat(faults(Map.of(
                        "OIDC_ISSUER", "https://login.example.com",
                        "OIDC_CLIENT_ID", "night-owl",
                        "OIDC_CLIENT_SECRET", "hush")))
                .isEmpty();
    }

    @Test
    void suggests_no_setting_that_resembles_an_unknown_variable_by_chance() {
        assertThat(faults(Map.of("DRYDOCK_FROBNICATION_LEVEL", "x")))
                .singleElement()
                .asString()
                .contains("is not a setting")
                .doesNotContain("did you mean");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DRYDOCK_MODE",
                "DRYDOCK_AGENTS_NIGHT_OWL_MODE",
                "DRYDOCK_AGENTS_NIGHT_OWL_BUDGET_DAILY_USD",
                "DRYDOCK_MODELS__GPT_4_1__INPUT_USD",
                "DRYDOCK_FOLDER_INBOX",
                "DRYDOCK_FEEDS_NEWS_URLS",
                "DRYDOCK_FEEDS_NEWS_URLS_0_",
                "DRYDOCK_HTTP_TICKETS_OAUTH_PARAMETERS_AUDIENCE",
                "DRYDOCK_REDACT_SECRETS_BADGE",
                "DRYDOCK_PORT_8080_TCP_ADDR",
                "DRYDOCK_PORT",
                "DRYDOCK_SERVICE_HOST",
                "DRYDOCK_DB_SERVICE_PORT_POSTGRES",
                "PATH"
            })
    void accepts_settings_and_what_a_cluster_adds_for_a_service_of_that_name(String variable) {
        assertThat(faults(Map.of(variable, "1"))).isEmpty();
    }

    @Test
    void names_values_in_quotes_without_quoting_them() {
        assertThat(faults(Map.of(
                        "OPENAI_API_KEY", "\"sk-canary\"\n",
                        "SLACK_WEBHOOK_URL", "'https://hooks.slack.com/canary'",
                        "DRYDOCK_MODE", "\u201Clive\u201D",
                        "DRYDOCK_REDACT_SECRETS_BADGE", "\"B[0-9]+\"")))
                .containsExactlyInAnyOrder(
                        "OPENAI_API_KEY is in quotes: write the value without them",
                        "SLACK_WEBHOOK_URL is in quotes: write the value without them",
                        "DRYDOCK_MODE is in quotes: write the value without them");
    }

    @ParameterizedTest
    @CsvSource({
        "QUARKUS_LANGCHAIN4J_OPENAI_API_KEY, set OPENAI_API_KEY instead",
        "quarkus.langchain4j.openai.base-url, set OPENAI_BASE_URL instead",
        "quarkus.langchain4j.openai.chat-model.temperature, set DRYDOCK_MODEL_TEMPERATURE instead",
        "quarkus.langchain4j.openai.max-retries, 'calls to models are set under drydock.model, see docs/models.md'"
    })
    void names_the_setting_that_counts_in_place_of_the_platforms_own(String name, String remedy) {
        assertThat(faults(Map.of(name, "x"))).containsExactly("%s has no effect: %s".formatted(name, remedy));
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI_BASE_URL, api.openai.com/v1",
        "OPENAI_BASE_URL, localhost:8080",
        "OPENAI_BASE_URL, https://exa mple.com",
        "OTEL_EXPORTER_OTLP_ENDPOINT, collector:4318",
        "PAGERDUTY_BASE_URL, events.pagerduty.com",
        "ALERT_SLACK_WEBHOOK_URL, hooks.slack.com/canary",
        "HEALTHCHECKS_PING_URL, hc-ping.com/canary",
        "DRYDOCK_SLACK_WEBHOOK_URL, hooks.slack.com/canary",
        "DRYDOCK_HTTP_TICKETS_URL, tickets.example.com",
        "DRYDOCK_AGENTS_A_HEALTHCHECKS_PING_URL, hc-ping.com/canary",
        "DRYDOCK_FEEDS_NEWS_URLS, feed:example.com"
    })
    void names_the_variable_that_was_set_to_no_address(String variable, String value) {
        assertThat(values(Map.of(variable, value)).faults())
                .singleElement()
                .asString()
                .startsWith(variable + " is not a web address: write one such as https://")
                .doesNotContain("canary", "drydock.", "Exception");
    }

    @Test
    void names_values_that_cannot_be_converted_together_with_those_that_violate_a_constraint() {
        var values = values(Map.of(
                "OPENAI_BASE_URL", "localhost:8080",
                "DRYDOCK_MODE", "lve",
                "DRYDOCK_FEEDS_NEWS_URLS", "feed:example.com",
                "HTTPS_PROXY", "socks5://proxy.test",
                "DRYDOCK_AGENTS_A_ZONE", "Mars",
                "DRYDOCK_AGENTS_A_CONCURRENCY", "0",
                "DRYDOCK_POISON_AFTER", "0",
                "ALERT_SLACK_WEBHOOK_URL", "hooks.slack.com/canary"));

        assertThat(values.faults())
                .extracting(fault -> fault.replaceFirst("(?s)[ :].*", ""))
                .containsExactlyInAnyOrder(
                        "OPENAI_BASE_URL",
                        "DRYDOCK_MODE",
                        "DRYDOCK_FEEDS_NEWS_URLS",
                        "HTTPS_PROXY",
                        "DRYDOCK_AGENTS_A_ZONE",
                        "DRYDOCK_AGENTS_A_CONCURRENCY",
                        "DRYDOCK_POISON_AFTER",
                        "ALERT_SLACK_WEBHOOK_URL");
        assertThat(values.settings().orElseThrow().model().baseUrl())
                .as("the default, for the checks that follow")
                .hasToString("https://api.openai.com/v1");
    }

    @Test
    void names_properties_that_do_not_exist_together_with_wrong_values() {
        var values = SettingValues.read(
                () -> TestSettings.builder(Map.of("DRYDOCK_POISON_AFTER", "0"))
                        .withSources(new PropertiesConfigSource(Map.of("drydock.moed", "live"), "file", 250)),
                new SettingNames(config(Map.of("DRYDOCK_POISON_AFTER", "0"))));

        assertThat(values.faults())
                .extracting(fault -> fault.replaceFirst("(?s) .*", ""))
                .containsExactlyInAnyOrder("drydock.moed", "DRYDOCK_POISON_AFTER");
    }

    private static SettingValues values(Map<String, String> environment) {
        return SettingValues.read(() -> TestSettings.builder(environment), new SettingNames(config(environment)));
    }

    @Test
    void reads_a_secret_from_its_file_without_the_newline_at_its_end() throws Exception {
        var file = Files.writeString(folder.resolve("key"), "\uFEFF sk-1 \r\n");

        var config = config(Map.of("OPENAI_API_KEY_FILE", file + "\n"));

        assertThat(config.getValue("OPENAI_API_KEY", String.class)).isEqualTo("sk-1");
        assertThat(faults(config).misleading()).isEmpty();
    }

    @Test
    void prefers_a_variable_to_its_file() throws Exception {
        var file = Files.writeString(folder.resolve("token"), "old");
        var config = config(Map.of("DRYDOCK_ADMIN_TOKEN_FILE", file.toString(), "DRYDOCK_ADMIN_TOKEN", "new"));

        assertThat(config.getValue("drydock.admin-token", String.class)).isEqualTo("new");
    }

    @Test
    void names_a_secrets_file_that_is_missing() {
        assertThat(faults(Map.of("SLACK_WEBHOOK_URL_FILE", "/nowhere")))
                .containsExactly(
                        "SLACK_WEBHOOK_URL_FILE cannot be read: /nowhere. Set it to a file that holds the secret and nothing else");
    }

    @Test
    void names_a_file_of_the_databases_password_that_is_missing() {
        var faults = faults(config(Map.of("DATABASE_URL", "postgres://u@h/d", "DATABASE_PASSWORD_FILE", "/nowhere")));

        assertThat(faults.database())
                .containsExactly(
                        "DATABASE_PASSWORD_FILE cannot be read: /nowhere. Set it to a file that holds the secret and nothing else");
    }

    private static List<String> faults(Map<String, String> environment) {
        return faults(config(environment)).misleading();
    }

    private static SmallRyeConfig config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withInterceptors(new TrimValues())
                .withSources(new EnvConfigSource(environment, 300))
                .withSources(new SecretFiles())
                .build();
    }

    private static SettingFaults faults(SmallRyeConfig config) {
        return new SettingFaults(config, new SettingNames(config));
    }
}
