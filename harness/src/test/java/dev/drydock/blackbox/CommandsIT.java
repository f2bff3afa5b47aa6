package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands, their exit codes and what they print. */
@Order(1) // among the longest, which must not be the last
class CommandsIT {

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
    void tells_its_use_and_version_without_any_setting() throws Exception {
        var help = Program.run(Map.of(), "--help");
        var version = Program.run(Map.of(), "--version");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("serve", "run");
        assertThat(version.exitCode()).isZero();
        assertThat(version.out().strip()).matches("drydock \\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void runs_an_eval_on_recorded_answers_without_any_setting() throws Exception {
        var ended = Program.run(Map.of(), "eval", "triage", "--set", "holdout", "--json");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        var report = new ObjectMapper().readTree(ended.out());
        assertThat(report.path("verdict").asText()).isEqualTo("PASSES");
        assertThat(report.at("/figures/accuracy/of").asInt()).isEqualTo(80);
        assertThat(ended.err()).doesNotContain("\"level\":\"ERROR\"", "\"level\":\"WARN\"");
    }

    @Test
    void says_that_another_prompt_needs_a_model(@TempDir Path folder) throws Exception {
        var prompt = Files.writeString(folder.resolve("new.txt"), "Be brief.");

        var ended = Program.run(Map.of(), "eval", "triage", "--set", "dev", "--prompt", prompt.toString());

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
        assertThat(ended.out() + ended.err())
                .contains(
                        "A model must answer another prompt: set OPENAI_API_KEY and DATABASE_URL, and add the option --record");
    }

    @Test
    void skips_a_cycle_when_the_database_is_unavailable_from_the_start() throws Exception {
        var ended = Program.run(nobodyAt(FreePort.find()), "run", "triage", "--json");

        assertThat(ended.exitCode()).isEqualTo(4);
        assertThat(ended.out().strip())
                .startsWith(
                        "{\"outcome\":\"SKIPPED\",\"skipReason\":\"DATABASE_DOWN\",\"fault\":\"Cannot connect to the database")
                .endsWith("}");
        assertThat(ended.err())
                .contains(
                        "Cannot connect to the database: Connection to localhost:",
                        "Check whether it runs, and DATABASE_URL")
                .doesNotContain("\tat ");
    }

    @Test
    void ends_serve_with_1_without_a_database() throws Exception {
        var ended = Program.run(nobodyAt(FreePort.find()), "serve");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("Cannot connect to the database: ").doesNotContain("\tat ");
    }

    private static Map<String, String> nobodyAt(int port) {
        var settings = environment.settings();
        settings.put("DATABASE_URL", environment.database().urlOnPort(port));
        settings.put("quarkus.flyway.connect-retries", "0");
        return settings;
    }

    @Test
    void answers_wrong_usage_with_2() throws Exception {
        assertThat(Program.run(Map.of(), "frobnicate").exitCode()).isEqualTo(2);
        assertThat(Program.run(Map.of(), "run").exitCode()).isEqualTo(2);
    }

    @Test
    void names_every_fault_of_its_settings_at_once_with_a_remedy() throws Exception {
        var settings = Map.of(
                "DATABASE_URL", "mysql://u:hush@h/d",
                "DRYDOCK_MODE", "lively",
                "DRYDOCK_SCHEDULE", "now and then",
                "DRYDOCK_CONCURRENCY", "many",
                "DRYDOCK_POISON_AFTER", "0",
                "DRYDOCK_MOED", "live",
                "LANGFUSE_PUBLIC_KEY", "pk-1");

        var ended = Program.run(settings, "serve");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err())
                .contains("DATABASE_URL cannot be read", "Write postgres://user:password@host:port/database")
                .contains("OPENAI_API_KEY is missing")
                .contains("lively", "now and then", "many")
                .contains("DRYDOCK_POISON_AFTER must be", "did you mean DRYDOCK_MODE?")
                .contains("LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY must be set together")
                .doesNotContain("hush")
                .doesNotContain("\tat ");
    }

    @Test
    void names_settings_that_do_not_exist() throws Exception {
        var settings = environment.settings();
        settings.put("DRYDOCK_AGENTS_TRIAGGE_MODE", "live");

        var ended = Program.run(settings, "run", "triage");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("triagge");
    }

    @Test
    void runs_one_cycle_and_ends() throws Exception {
        environment.put("a.txt", "The export fails.");

        var first = Program.run(environment.settings(), "run", "triage", "--json");
        var second = Program.run(environment.settings(), "run", "triage");

        assertThat(first.exitCode()).isZero();
        var run = new ObjectMapper().readTree(first.out());
        assertThat(run.path("outcome").asText()).isEqualTo("COMPLETED");
        assertThat(run.path("decided").asInt()).isGreaterThan(0);
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).startsWith("COMPLETED: ").contains(" 0 admitted");
    }

    @Test
    void tells_by_its_exit_code_that_the_model_is_down() throws Exception {
        environment.model().fail();
        try {
            environment.put("later.txt", "This one waits.");

            var ended = Program.run(environment.settings(), "run", "triage");

            assertThat(ended.exitCode()).isEqualTo(4);
            assertThat(ended.out()).startsWith("SKIPPED (MODEL_DOWN)");
        } finally {
            environment.model().answer();
        }
    }

    @Test
    void knows_no_other_agent() throws Exception {
        var ended = Program.run(environment.settings(), "run", "nobody");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("There is no agent \"nobody\". There are: ", "triage");
    }

    @Test
    void runs_until_sigterm_and_ends_with_0() throws Exception {
        var settings = new HashMap<>(environment.settings());
        settings.put("PORT", "0");
        settings.put("DRYDOCK_SCHEDULE", "every 1s");
        try (var program = Program.start(settings, "serve")) {
            await().atMost(Duration.ofMinutes(2)).until(() -> program.log().contains("Cycle of triage ended"));

            var ended = program.terminate();

            assertThat(ended.exitCode()).isZero();
            assertThat(ended.out()).isEmpty();
        }
    }
}
