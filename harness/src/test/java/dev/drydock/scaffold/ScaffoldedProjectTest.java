package dev.drydock.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Builds and runs a project of each template as its README says. Takes minutes: {@code ./mvnw test -Pscaffold}. */
@Tag("scaffold")
@Tag("slow")
class ScaffoldedProjectTest {

    private static final Path MODEL_SERVER = Path.of("harness/src/test/java/dev/drydock/model/ModelServer.java");
    private static final Path TOOLS_TEST =
            Path.of("harness/src/test/templates/operator/com/example/operator/OperatorToolsTest.java");
    private static final Duration LONG = Duration.ofMinutes(40);

    @TempDir
    Path folder;

    static List<String> templates() throws Exception {
        return NewProjectTest.templates();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void verifies_and_runs_untouched(String template) throws Exception {
        var project = DrydockFixture.in(folder)
                .project("early-bird-" + template, "--template", template, "--package=org.acme.birds");

        var verify = maven(project, Map.of(), "verify");
        assertThat(verify.waitFor(LONG.toMinutes(), TimeUnit.MINUTES)).isTrue();
        assertThat(verify.exitValue()).as(log()).isZero();

        var port = FreePort.find();
        var dev = maven(
                project, Map.of("PORT", "" + port), "quarkus:dev", "-Dquarkus.console.enabled=false", "-Ddebug=false");
        try {
            await().atMost(LONG)
                    .ignoreExceptions()
                    .failFast(() -> assertThat(dev.isAlive()).as(log()).isTrue())
                    .until(() -> get("http://localhost:%d/api/entries?limit=100".formatted(port))
                            .contains("\"SHADOWED\""));
            assertThat(log())
                    .contains(
                            "Page:     http://localhost:" + port,
                            "Agent:    ",
                            "Model:    offline-",
                            "Database: jdbc:");
        } finally {
            stop(dev);
        }
    }

    /** With Drydock's test and its model server, which a project does not have. */
    @Test
    void runs_the_tools_of_the_operator_when_a_model_calls_them() throws Exception {
        var names = Names.of("early-bird", "com.example", Optional.empty());
        var project = DrydockFixture.in(folder).project(names.project(), "--template", "operator");
        var test = Renaming.ofTemplate("operator", Set.of("OperatorAgent", "OperatorToolsTest"), names)
                .text(Files.readString(TOOLS_TEST));
        Rendering.write(project.resolve(MODEL_SERVER), Files.readAllBytes(MODEL_SERVER));
        Rendering.write(
                project.resolve("src/test/java/com/example/earlybird/EarlyBirdToolsTest.java"), test.getBytes(UTF_8));

        var tests = maven(project, Map.of(), "test", "-Dtest=EarlyBirdToolsTest");

        assertThat(tests.waitFor(LONG.toMinutes(), TimeUnit.MINUTES)).isTrue();
        assertThat(tests.exitValue()).as(log()).isZero();
        assertThat(log()).containsPattern("Tests run: [1-9]\\d*, Failures: 0");
    }

    private Process maven(Path project, Map<String, String> environment, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(project.resolve("mvnw").toString(), "-B", "-ntp"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().putAll(environment);
        builder.environment().remove("MAVEN_OPTS");
        return builder.start();
    }

    private String log() throws Exception {
        var lines = Files.readAllLines(folder.resolve("log"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 100), lines.size()));
    }

    private static String get(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                .body();
    }

    /** Stops Maven, the program that it started, and the program's database. */
    private static void stop(Process process) throws Exception {
        var all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        for (var each : all) {
            each.onExit().get(1, TimeUnit.MINUTES);
        }
    }
}
