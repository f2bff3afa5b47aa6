package dev.drydock.blackbox;

import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The command that asks a model server what it can do. */
class ModelCheckIT {

    private static TestEnvironment environment;

    @BeforeAll
    static void set_up() {
        environment = new TestEnvironment();
    }

    @AfterAll
    static void tear_down() throws Exception {
        environment.close();
    }

    @Test
    void prints_its_cost_first_and_ends_with_0_where_nothing_is_missed() throws Exception {
        var ended = Program.run(environment.settings(), "model-check", "--json");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.err().lines().filter(line -> line.startsWith("Asks ")))
                .singleElement()
                .asString()
                .contains("gpt-4.1-mini", "at most 0.00");
        var report = new ObjectMapper().readTree(ended.out());
        assertThat(report.path("usable").asBoolean()).isTrue();
        assertThat(report.at("/models/0/settings")).isEmpty();
        assertThat(environment.ask("select findings ->> 'usable' from model_check where model = 'gpt-4.1-mini'"))
                .isEqualTo("true");
    }

    @Test
    void ends_with_8_and_the_settings_to_add() throws Exception {
        var settings = environment.settings();
        settings.put("OPENAI_MODEL", "unpriced-1");

        var ended = Program.run(settings, "model-check");

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(8);
        assertThat(ended.out()).contains("price known", "drydock.models.\"unpriced-1\".input-usd=");
    }

    @Test
    void ends_with_1_where_the_key_is_refused() throws Exception {
        environment.model().answer(unauthorized());
        try {
            var ended = Program.run(environment.settings(), "model-check");

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.out()).contains("key accepted", "check OPENAI_API_KEY", "Not usable.");
        } finally {
            environment.model().answer();
        }
    }
}
