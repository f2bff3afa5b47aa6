package dev.drydock.scaffold;

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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Does with a project of each template what its README says. Minutes for each: {@code ./mvnw test -Pscaffold}. */
@Tag("scaffold")
@Tag("slow")
class ScaffoldedProjectTest {

    private static final Duration LONG = Duration.ofMinutes(40);

    @TempDir
    Path folder;

    static List<String> templates() throws Exception {
        return NewProjectTest.templates();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void verifies_and_runs_untouched(String template) throws Exception {
        var project = Workbench.in(folder)
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
        } finally {
            stop(dev);
        }
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

    /** Maven, the program it started, and the program's database. */
    private static void stop(Process process) throws Exception {
        var all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        for (var each : all) {
            each.onExit().get(1, TimeUnit.MINUTES);
        }
    }
}
