package dev.drydock.offline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.SettingsException;
import dev.drydock.connect.HttpSource;
import dev.drydock.connect.HttpSources;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An API that is not configured, and has samples. */
@QuarkusTest
class SampleApiTest {

    @Inject
    HttpSources sources;

    @Inject
    DrydockConfig config;

    @BeforeEach
    void write_samples() throws IOException {
        var samples = requireNonNull(config.http().get("paper")).samples().orElseThrow();
        Files.createDirectories(samples);
        for (int number = 1; number <= 5; number++) {
            var file = Files.writeString(samples.resolve("doc-" + number + ".txt"), "text " + number);
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-0%dT00:00:00Z".formatted(number))));
        }
    }

    @Test
    void gives_its_documents_page_by_page() throws Exception {
        assertThat(read(sources.named("paper"), ""))
                .extracting(document -> document.path("id").asText())
                .containsExactly("doc-1", "doc-2", "doc-3", "doc-4", "doc-5");
    }

    @Test
    void gives_those_that_have_changed_since() throws Exception {
        assertThat(read(sources.named("paper"), "?updated_since=2026-11-04T00:00:00Z"))
                .extracting(document -> document.path("updated").asText() + " "
                        + document.path("text").asText())
                .containsExactly("2026-11-04T00:00:00Z text 4", "2026-11-05T00:00:00Z text 5");
    }

    @Test
    void refuses_those_who_bring_no_token_and_gives_none_to_strangers() throws Exception {
        var url = requireNonNull(config.http().get("paper")).url();

        assertThat(status(HttpRequest.newBuilder(url))).isEqualTo(401);
        assertThat(status(HttpRequest.newBuilder(url).header("Authorization", "Bearer guessed")))
                .isEqualTo(401);
        assertThat(status(HttpRequest.newBuilder(url.resolve("/token"))
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))))
                .isEqualTo(401);
    }

    @Test
    void replaces_no_api_that_has_an_address_or_no_samples() {
        assertThatThrownBy(() -> sources.named("real").get("")).hasMessageContaining("ConnectException");
        assertThatThrownBy(() -> sources.named("ghost")).isInstanceOf(SettingsException.class);
    }

    private static List<JsonNode> read(HttpSource source, String path) throws Exception {
        var documents = new ArrayList<JsonNode>();
        var page = source.get(path, JsonNode.class);
        page.path("documents").forEach(documents::add);
        while (page.hasNonNull("next")) {
            page = source.get(page.path("next").asText(), JsonNode.class);
            page.path("documents").forEach(documents::add);
        }
        return documents;
    }

    private static int status(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .statusCode();
    }
}
