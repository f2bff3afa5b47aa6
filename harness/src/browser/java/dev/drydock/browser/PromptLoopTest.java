package dev.drydock.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import dev.drydock.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What developers do all day: change a prompt, and look at what that changes. In a new project, in dev mode, in Chromium. */
@Tag("browser")
class PromptLoopTest {

    private static final Path AGENT = Path.of("src/main/java/org/acme/loop/LoopAgent.java");
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final double LONG_MILLIS = (double) LONG.toMillis();

    private final int port = FreePort.find();

    @TempDir
    Path folder;

    @BeforeEach
    void findChromium() {
        Assumptions.assumeTrue(Browsing.chromium().isPresent(), "skipped: there is no Chromium here");
    }

    @Test
    void a_saved_prompt_shows_the_samples_that_it_flips() throws Exception {
        var project = newProject();
        var dev = devMode(project);
        try (var browser = new Browsing("http://localhost:" + port, InstantSource.system())) {
            awaitSamples(dev);
            var page = browser.visitor(Browsing.DESKTOP, ColorScheme.LIGHT);
            page.navigate("/prompt/loop");
            assertThat(page.locator("main")).containsText("Nothing has changed yet");

            exchange(project.resolve(AGENT), "BUG: ", "BILLING: "); // their descriptions, that is

            assertThat(page.locator("main .verdict"))
                    .containsText("decisions changed", new ContainsTextOptions().setTimeout(LONG_MILLIS));
            var flipped = page.locator("main article.card").filter(new FilterOptions().setHasText("other label"));
            assertThat(flipped.first()).containsText("→");
            for (var width : List.of(Browsing.PHONE, Browsing.DESKTOP)) {
                page.setViewportSize(width, 900);
                assertThat(Browsing.violations(page)).isEmpty();
                assertThat(Browsing.wider(page)).isEmpty();
            }
            Browsing.keepPicture(page, "prompt");
        } finally {
            stop(dev);
        }
    }

    private Path newProject() throws Exception {
        var project = folder.resolve("loop");
        var drydock = Path.of("drydock").toAbsolutePath().toString();
        var made = start(
                Path.of(""),
                drydock,
                "new",
                "loop",
                "--template=triage",
                "--package=org.acme.loop",
                "--into=" + project);
        assertThat(made.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue()).as(log()).isZero();
        return project;
    }

    private Process devMode(Path project) throws Exception {
        return start(
                project,
                project.resolve("mvnw").toString(),
                "-B",
                "-ntp",
                "quarkus:dev",
                "-Dquarkus.console.enabled=false",
                "-Ddebug=false");
    }

    private Process start(Path directory, String... command) throws Exception {
        var builder = new ProcessBuilder(command)
                .directory(directory.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().put("PORT", String.valueOf(port));
        builder.environment().remove("MAVEN_OPTS");
        return builder.start();
    }

    private void awaitSamples(Process dev) {
        var entries = HttpRequest.newBuilder(URI.create("http://localhost:%d/api/entries?limit=100".formatted(port)))
                .build();
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(IOException.class)
                .failFast(() -> assertThat(dev.isAlive()).as(log()).isTrue())
                .until(() -> HttpClient.newHttpClient()
                                .send(entries, BodyHandlers.ofString())
                                .body()
                                .split("\"SHADOWED\"")
                                .length
                        > 20);
    }

    private static void exchange(Path file, String one, String other) throws IOException {
        var text = Files.readString(file);
        assertThat(text).contains(one, other);
        Files.writeString(file, text.replace(one, "\0").replace(other, one).replace("\0", other));
    }

    private String log() throws IOException {
        var lines = Files.readAllLines(folder.resolve("log"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 100), lines.size()));
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
