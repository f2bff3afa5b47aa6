package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More input than fits into memory. */
@Tag("chaos")
@Tag("slow")
class MemoryIT {

    private static final TestEnvironment ENVIRONMENT = new TestEnvironment();
    private static final int FILES = 300;
    private static final int LENGTH = 1 << 20;

    @AfterAll
    static void stop() throws Exception {
        ENVIRONMENT.close();
    }

    /** Most are decided by a rule, because counting the tokens of 300 MB takes minutes. */
    @Test
    void three_hundred_files_of_a_megabyte_are_decided_and_listed_with_a_heap_of_128_megabytes() throws Exception {
        var line = "The export of the report stops with an error. ";
        for (int file = 0; file < FILES; file++) {
            var header = file % 60 == 0 ? "" : "Auto-Submitted: auto-replied\n";
            ENVIRONMENT.put(
                    file + ".eml", "Subject: " + file + "\n" + header + "\n" + line.repeat(LENGTH / line.length()));
        }
        var settings = ENVIRONMENT.settings();
        settings.put("JAVA_TOOL_OPTIONS", "-Xmx128m");
        settings.put("drydock.first-run", "all");

        try (var program = Program.start(settings, "run", "triage")) {
            var ended = program.awaitEnd();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.out()).contains("300 fetched, 300 admitted, 300 decided");
        }
        assertThat(ENVIRONMENT.count("entry where state = 'SHADOWED'")).isEqualTo(FILES);
        showAll(settings);
    }

    /** Lists and a run's detail, which would be 300 MB and more with all that they are about. */
    private static void showAll(Map<String, String> settings) throws Exception {
        var port = FreePort.find();
        settings.put("PORT", String.valueOf(port));
        settings.put("drydock.schedule", "off");
        try (var program = Program.start(settings)) {
            await().ignoreExceptions()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> get(port, "/q/health/ready").statusCode() == 200);
            var run = ENVIRONMENT.latestRun("id");

            assertThat(get(port, "/api/entries?limit=1000").body()).contains("\"itemId\":\"299.eml\"");
            assertThat(get(port, "/api/runs/" + run).body())
                    .contains("\"itemId\":\"299.eml\"", "{\"omitted\":true}")
                    .hasSizeLessThan(8_000_000);
            assertThat(program.terminate().exitCode()).isZero();
        }
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(port, path)))
                .header("Authorization", "Bearer " + TestEnvironment.ADMIN_TOKEN)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
