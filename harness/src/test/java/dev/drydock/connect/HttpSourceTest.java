package dev.drydock.connect;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.drydock.LimitedServer;
import dev.drydock.agent.RateLimitedException;
import dev.drydock.config.SettingsException;
import dev.drydock.http.HttpApi;
import dev.drydock.http.TokenEndpoint;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HttpSourceTest {

    private final WireMockServer api = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    @Inject
    HttpSources configured;

    @Inject
    Sources sources;

    record Page(String title, int pages) {}

    @BeforeEach
    void start() {
        api.start();
    }

    @AfterEach
    void stop() {
        api.stop();
    }

    @Test
    void reads_json_below_its_url_without_credentials() throws Exception {
        answer(
                "/v1/pages?from=2026-11-24T10:00:00Z",
                okJson("{\"title\": \"Änderung\", \"pages\": 2, \"more\": true}"));

        assertThat(source(Map.of()).get("pages?from=2026-11-24T10:00:00Z", Page.class))
                .isEqualTo(new Page("Änderung", 2));
        api.verify(getRequestedFor(anyUrl()).withHeader("Authorization", absent()));
    }

    @Test
    void reads_its_very_url_and_the_links_that_an_api_gives() throws Exception {
        answer("/v1", okJson("1"));
        answer("/v1?page=2", okJson("2"));
        answer("/v2/next", okJson("3"));

        assertThat(source(Map.of()).get("")).isEqualTo("1");
        assertThat(source(Map.of()).get("?page=2")).isEqualTo("2");
        assertThat(source(Map.of()).get(api.baseUrl() + "/v2/next")).isEqualTo("3");
    }

    @Test
    void refuses_an_answer_without_bound_and_says_so() {
        answer("/v1/all", okJson("\"" + "x".repeat(5_000) + "\""));

        assertThatThrownBy(() -> source(Map.of("max-bytes", "4096")).get("all"))
                .isInstanceOf(IOException.class)
                .hasMessage("the answer is larger than 4,096 bytes");
    }

    @Test
    void says_what_status_was_answered_and_no_word_of_the_answer() {
        answer("/v1/pages", aResponse().withStatus(503).withBody("private"));

        assertThatThrownBy(() -> source(Map.of()).get("pages"))
                .isInstanceOf(IOException.class)
                .hasMessage("tickets answered 503");
    }

    @Test
    void goes_on_from_the_page_that_the_api_refused_for_now() throws Exception {
        answer("/v1/pages?page=1", okJson("1"));
        api.stubFor(get("/v1/pages?page=2")
                .inScenario("limit")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("over")
                .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "0.1")));
        api.stubFor(get("/v1/pages?page=2")
                .inScenario("limit")
                .whenScenarioStateIs("over")
                .willReturn(okJson("2")));
        var source = source(Map.of());

        assertThat(source.get("pages?page=1")).isEqualTo("1");
        assertThat(source.get("pages?page=2")).isEqualTo("2");

        api.verify(1, getRequestedFor(urlEqualTo("/v1/pages?page=1")));
        api.verify(2, getRequestedFor(urlEqualTo("/v1/pages?page=2")));
    }

    @Test
    void learns_the_rate_of_an_api_from_few_refusals() throws Exception {
        try (var limited = new LimitedServer(Duration.ofMillis(25))) {
            var source = source(Map.of("url", limited.url()));

            var pages = pages(30);
            for (var page : pages) {
                source.get(page);
            }

            assertThat(limited.taken()).isEqualTo(pages);
            assertThat(limited.refused()).isLessThan(15);
        }
    }

    @Test
    void keeps_to_a_rate_that_is_set_without_a_refusal() throws Exception {
        try (var limited = new LimitedServer(Duration.ofMillis(25))) {
            var source = source(Map.of("url", limited.url(), "per-second", "40"));

            for (var page : pages(10)) {
                source.get(page);
            }

            assertThat(limited.refused()).isZero();
        }
    }

    @Test
    void leaves_an_api_alone_that_asks_for_a_long_pause() {
        answer("/v1/pages", aResponse().withStatus(503).withHeader("Retry-After", "3600"));
        var source = source(Map.of());

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> source.get("pages")).isInstanceOf(RateLimitedException.class);
        }

        api.verify(1, getRequestedFor(anyUrl()));
    }

    private static List<String> pages(int number) {
        return IntStream.range(0, number)
                .mapToObj(page -> "/pages?page=" + page)
                .toList();
    }

    @Test
    void ends_a_request_whose_answer_drips() {
        answer("/v1/pages", okJson("\"slow\"").withChunkedDribbleDelay(5, 20_000));

        assertThatThrownBy(() -> source(Map.of("timeout", "300ms")).get("pages"))
                .isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void says_that_nobody_answers() {
        var source = source(Map.of());
        api.stop();

        assertThatThrownBy(() -> source.get("pages"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ConnectException");
    }

    @Test
    void follows_redirects_and_takes_no_token_to_another_host() throws Exception {
        var other = new WireMockServer(
                WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
        other.start();
        try (var tokens = new TokenEndpoint()) {
            answer("/v1/pages", temporaryRedirect("/v1/moved"));
            answer("/v1/moved", temporaryRedirect(other.baseUrl() + "/elsewhere"));
            other.stubFor(get("/elsewhere").willReturn(okJson("\"here\"")));

            assertThat(source(Map.of("oauth.token-url", tokens.url())).get("pages"))
                    .isEqualTo("\"here\"");

            api.verify(
                    getRequestedFor(urlEqualTo("/v1/moved")).withHeader("Authorization", matching("Bearer [\\w.-]+")));
            other.verify(1, getRequestedFor(anyUrl()).withHeader("Authorization", absent()));
        } finally {
            other.stop();
        }
    }

    @Test
    void follows_no_redirect_for_ever_and_none_that_leads_nowhere() {
        answer("/v1/pages", temporaryRedirect("/v1/pages"));
        answer("/v1/file", temporaryRedirect("file:///etc/passwd"));

        assertThatThrownBy(() -> source(Map.of()).get("pages")).hasMessage("more than 5 redirects");
        assertThatThrownBy(() -> source(Map.of()).get("file")).hasMessage("refused to follow an unsafe redirect");
        api.verify(6, getRequestedFor(urlEqualTo("/v1/pages")));
    }

    @Test
    void follows_redirects_to_https_and_none_away_from_it() throws Exception {
        var secure = URI.create("https://api.example.com/v1/pages");

        assertThat(HttpApi.target(secure, "/moved")).hasToString("https://api.example.com/moved");
        assertThat(HttpApi.target(URI.create("http://api.example.com/v1"), secure.toString()))
                .isEqualTo(secure);
        assertThatThrownBy(() -> HttpApi.target(secure, "http://api.example.com/v1/pages"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void ends_the_start_if_an_agent_asks_for_a_source_that_is_not_set() {
        assertThatThrownBy(() -> configured.named("ghost"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("drydock.http.ghost.url is missing");
    }

    private void answer(String path, ResponseDefinitionBuilder response) {
        api.stubFor(get(urlEqualTo(path)).willReturn(response));
    }

    private HttpSource source(Map<String, String> settings) {
        var all = new HashMap<>(Map.of("url", api.baseUrl() + "/v1/"));
        all.putAll(settings);
        return sources.tickets(all, InstantSource.system());
    }
}
